package packed

import (
	"fmt"
	"math"
	"reflect"
	"time"
)

var dayType = reflect.TypeFor[time.Time]()

// Value writes the exported fields of a struct, and what they hold. Of a time only the second is kept, in UTC. Maps,
// functions and interfaces are errors.
func (w *Writer) Value(v any) error { return w.value(reflect.ValueOf(v)) }

func (w *Writer) value(v reflect.Value) error {
	if v.Type() == dayType {
		w.Number(uint64(v.Interface().(time.Time).Unix()))
		return nil
	}
	switch v.Kind() {
	case reflect.String:
		w.String(v.String())
	case reflect.Bool:
		w.Bool(v.Bool())
	case reflect.Int, reflect.Int64:
		w.Number(uint64(v.Int()))
	case reflect.Float64:
		w.Number(math.Float64bits(v.Float()))
	case reflect.Pointer:
		w.Bool(!v.IsNil())
		if !v.IsNil() {
			return w.value(v.Elem())
		}
	case reflect.Slice:
		return w.slice(v)
	case reflect.Struct:
		for i := range v.NumField() {
			if !v.Type().Field(i).IsExported() {
				continue
			}
			if err := w.value(v.Field(i)); err != nil {
				return fmt.Errorf("%s.%w", v.Type().Field(i).Name, err)
			}
		}
	default:
		return fmt.Errorf(" a value of kind %s can't be packed", v.Kind())
	}
	return nil
}

// slice writes 0 for none, and otherwise one more than its length.
func (w *Writer) slice(v reflect.Value) error {
	if v.IsNil() {
		w.Number(0)
		return nil
	}
	w.Number(uint64(v.Len()) + 1)
	for i := range v.Len() {
		if err := w.value(v.Index(i)); err != nil {
			return err
		}
	}
	return nil
}

// Value reads what Value wrote into a pointer to the same type.
func (r *Reader) Value(v any) { r.value(reflect.ValueOf(v).Elem()) }

func (r *Reader) value(v reflect.Value) {
	if v.Type() == dayType {
		day := time.Unix(int64(r.Number()), 0).UTC()
		v.Set(reflect.ValueOf(day))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(r.String())
	case reflect.Bool:
		v.SetBool(r.Bool())
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(r.Number()))
	case reflect.Float64:
		v.SetFloat(math.Float64frombits(r.Number()))
	case reflect.Pointer:
		if r.Bool() {
			v.Set(reflect.New(v.Type().Elem()))
			r.value(v.Elem())
		}
	case reflect.Slice:
		n := r.Count()
		if n == 0 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), n-1, n-1))
		for i := range n - 1 {
			r.value(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() { // it is exported
				r.value(f)
			}
		}
	default:
		r.Break()
	}
}
