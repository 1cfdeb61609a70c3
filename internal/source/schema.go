package source

import (
	"encoding/json"
	"slices"
)

// Schema returns t as a JSON Schema (2020-12). id, title and description name it; the result ends with a newline.
// It is for editors, to help while writing: it accepts what decoding accepts (but for "" where a word, a number or a flag
// is left out), and leaves to decoding what needs more than the shape, such as ids that point nowhere.
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

type schema = map[string]any

type schemaWriter struct{ defs schema }

// value describes what may stand at t; objects are shared under $defs.
func (s schemaWriter) value(t *Type, f *Field) schema {
	switch t.Kind {
	case KindObject:
		if _, ok := s.defs[t.Name]; !ok {
			s.defs[t.Name] = nil // so that a type can hold itself
			s.defs[t.Name] = s.object(t)
		}
		return schema{"$ref": "#/$defs/" + t.Name}
	case KindList:
		return schema{"type": "array", "maxItems": f.Most, "items": s.value(t.Elem, f)}
	case KindMap:
		return schema{"type": "object", "additionalProperties": orNull(s.value(t.Elem, f)),
			"propertyNames": schema{"pattern": idForm}, "maxProperties": f.Most}
	}
	return scalarSchema(t, f)
}

func (s schemaWriter) object(t *Type) schema {
	properties := schema{}
	required := []string{}
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Derived {
			continue
		}
		p := s.value(f.Type, f)
		if f.Required {
			required = append(required, f.Key)
		} else {
			p = orNull(p)
		}
		p["description"] = f.Doc
		properties[f.Key] = p
	}
	return schema{"type": "object", "additionalProperties": false, "properties": properties, "required": required}
}

func scalarSchema(t *Type, f *Field) schema {
	switch {
	case len(f.Enum) > 0:
		return words(append(slices.Clone(f.Enum), "unknown")...)
	case f.Key == "id":
		return schema{"type": "string", "pattern": idForm}
	}
	switch t.Kind {
	case KindFlag:
		return schema{"enum": []any{true, false, "unknown"}}
	case KindInt:
		return schema{"anyOf": []any{number("integer", f), words("unknown")}}
	case KindNumber:
		return schema{"anyOf": []any{number("number", f), words("unknown")}}
	case KindDate:
		return schema{"type": "string", "pattern": `^([0-9]{4}-[0-9]{2}-[0-9]{2}|unknown)?$`}
	case KindSpan:
		return schema{"type": "string", "pattern": `^((0|[1-9][0-9]{0,5})[dmy]|none|until_deleted|indefinite|unknown)?$`}
	}
	return schema{"type": "string"}
}

func number(kind string, f *Field) schema {
	s := schema{"type": kind}
	if f.Least > -maxNumber {
		s["minimum"] = f.Least
	}
	if f.Greatest < maxNumber {
		s["maximum"] = f.Greatest
	}
	return s
}

func words(list ...string) schema {
	values := []any{}
	for _, w := range slices.Compact(list) {
		values = append(values, w)
	}
	return schema{"enum": values}
}

// orNull is p for a key that may be left empty.
func orNull(p schema) schema {
	null := schema{"type": "null"}
	switch {
	case p["enum"] != nil:
		return schema{"enum": append(p["enum"].([]any), nil)}
	case p["anyOf"] != nil:
		return schema{"anyOf": append(p["anyOf"].([]any), null)}
	case p["$ref"] != nil:
		return schema{"anyOf": []any{p, null}}
	}
	p["type"] = []any{p["type"], "null"}
	return p
}
