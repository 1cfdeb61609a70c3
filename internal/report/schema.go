package report

import (
	"encoding/json"
	"reflect"

	"readiness/internal/assess"
	"readiness/internal/diff"
	"readiness/internal/report/summary"
)

// Schema is the JSON Schema (2020-12) of what JSON writes.
func Schema() []byte {
	return schemaOf[assess.Report](assess.Schema, "readiness report")
}

// SummarySchema is the JSON Schema (2020-12) of the summary of several manifests.
func SummarySchema() []byte {
	return schemaOf[summary.Summary](summary.Schema, "readiness summary")
}

// DiffSchema is the JSON Schema (2020-12) of a comparison of two reports.
func DiffSchema() []byte {
	return schemaOf[diff.Diff](diff.Schema, "readiness comparison")
}

// schemaOf writes the schema of a type from its tags json and doc.
func schemaOf[T any](id, title string) []byte {
	s := schemaWriter{map[string]any{}, map[string]reflect.Type{}}
	root := s.object(reflect.TypeFor[T]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["$id"] = id
	root["title"] = title
	root["$defs"] = s.defs
	out, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic("report: " + err.Error()) // maps of strings always encode
	}
	return append(out, '\n')
}

type schemaWriter struct {
	defs  map[string]any
	types map[string]reflect.Type // by the name of their definition
}

func (s schemaWriter) ref(t reflect.Type) map[string]any {
	switch t.Kind() {
	case reflect.Pointer:
		return map[string]any{"anyOf": []any{s.ref(t.Elem()), map[string]any{"type": "null"}}}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": s.ref(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": s.ref(t.Elem())}
	case reflect.Struct:
		if known := s.types[t.Name()]; known == nil {
			s.types[t.Name()] = t
			s.defs[t.Name()] = s.object(t)
		} else if known != t {
			panic("report: two types are called " + t.Name()) // a test makes every schema
		}
		return map[string]any{"$ref": "#/$defs/" + t.Name()}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	}
	return map[string]any{"type": "string"}
}

func (s schemaWriter) object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	for i := range t.NumField() {
		f := t.Field(i)
		name := f.Tag.Get("json")
		p := s.ref(f.Type)
		p["description"] = f.Tag.Get("doc")
		properties[name] = p
		required = append(required, name)
	}
	// A later version may add properties, so unknown ones are allowed.
	return map[string]any{"type": "object", "properties": properties, "required": required}
}
