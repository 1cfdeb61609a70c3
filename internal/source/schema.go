package source

import (
	"encoding/json"
	"slices"
)

// Schema returns t as a JSON Schema (2020-12). id and title name it; the result ends with a newline.
func Schema(t *Type, id, title, description string) []byte {
	s := schemaWriter{defs: map[string]any{}}
	root := s.object(t)
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["$id"] = id
	root["title"] = title
	root["description"] = description
	root["$defs"] = s.defs
	out, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic("source: " + err.Error()) // maps of strings always encode
	}
	return append(out, '\n')
}

type schemaWriter struct{ defs map[string]any }

// ref describes t; objects are shared under $defs.
func (s schemaWriter) ref(t *Type, f *Field) map[string]any {
	switch t.Kind {
	case KindObject:
		if _, ok := s.defs[t.Name]; !ok {
			s.defs[t.Name] = nil
			s.defs[t.Name] = s.object(t)
		}
		return map[string]any{"$ref": "#/$defs/" + t.Name}
	case KindList:
		return map[string]any{"type": []string{"array", "null"}, "items": s.ref(t.Elem, f)}
	case KindMap:
		return map[string]any{"type": []string{"object", "null"}, "additionalProperties": s.ref(t.Elem, f),
			"propertyNames": map[string]any{"pattern": `^[A-Za-z0-9_.()/-]{1,64}$`}}
	}
	return s.scalar(t, f)
}

func (s schemaWriter) object(t *Type) map[string]any {
	properties := map[string]any{}
	var required []string
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Derived {
			continue
		}
		p := s.ref(f.Type, f)
		if f.Doc != "" {
			p["description"] = f.Doc
		}
		if f.Type.Kind == KindObject && !f.Required {
			p = map[string]any{"anyOf": []any{map[string]any{"$ref": p["$ref"]}, map[string]any{"type": "null"}}, "description": f.Doc}
		}
		properties[f.Key] = p
		if f.Required {
			required = append(required, f.Key)
		}
	}
	o := map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
	if len(required) > 0 {
		o["required"] = required
	}
	return o
}

func (s schemaWriter) scalar(t *Type, f *Field) map[string]any {
	if len(f.Enum) > 0 {
		words := slices.Clone(f.Enum)
		if !slices.Contains(words, "unknown") {
			words = append(words, "unknown")
		}
		values := make([]any, len(words), len(words)+1)
		for i, w := range words {
			values[i] = w
		}
		return map[string]any{"enum": append(values, nil)}
	}
	switch t.Kind {
	case KindFlag:
		return map[string]any{"enum": []any{true, false, "unknown", nil}}
	case KindInt:
		return orUnknown("integer")
	case KindNumber:
		return orUnknown("number")
	case KindDate:
		return map[string]any{"type": []string{"string", "null"}, "pattern": `^([0-9]{4}-[0-9]{2}-[0-9]{2}|unknown)?$`}
	case KindSpan:
		return map[string]any{"type": []string{"string", "null"}, "pattern": `^((0|[1-9][0-9]{0,5})[dmy]|none|until_deleted|indefinite|unknown)?$`}
	}
	return map[string]any{"type": []string{"string", "null"}}
}

func orUnknown(kind string) map[string]any {
	return map[string]any{"anyOf": []any{map[string]any{"type": kind}, map[string]any{"enum": []any{"unknown", nil}}}}
}
