package outline

import (
	"reflect"
	"strings"

	"readiness/internal/source"
)

// printable returns a deep copy of v in which every text is printable, and blanks alone are shown to be that. A report is
// made of structs, slices, pointers, texts and numbers, so nothing else needs care.
func printable[T any](v T) T {
	out := reflect.New(reflect.TypeFor[T]()).Elem()
	copyPrintable(out, reflect.ValueOf(v))
	return out.Interface().(T)
}

func copyPrintable(to, from reflect.Value) {
	switch from.Kind() {
	case reflect.String:
		s := source.Printable(from.String())
		if s != "" && strings.TrimSpace(s) == "" {
			s = "(blank)"
		}
		to.SetString(s)
	case reflect.Pointer:
		if !from.IsNil() {
			to.Set(reflect.New(from.Type().Elem()))
			copyPrintable(to.Elem(), from.Elem())
		}
	case reflect.Struct:
		for i := range from.NumField() {
			copyPrintable(to.Field(i), from.Field(i))
		}
	case reflect.Slice:
		to.Set(reflect.MakeSlice(from.Type(), from.Len(), from.Len()))
		for i := range from.Len() {
			copyPrintable(to.Index(i), from.Index(i))
		}
	default:
		to.Set(from)
	}
}
