package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"slices"
	"time"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/source"
)

// MaxBytes is how large a saved report may be. That of a large practice with every checklist has a tenth of it.
const MaxBytes = 64 << 20

// maxObjects is how many objects and lists a saved report may hold, maxDepth how deep they may nest, and maxText how long
// a text may be: no manifest is longer. A small file of empty objects would otherwise take a hundred times its size in
// memory.
const (
	maxObjects = 400_000
	maxDepth   = 32
	maxText    = source.MaxBytes
)

// Read reads a report that JSON has written, of any minor version of the format. What it doesn't know is passed over.
// The error says where in the file called name the mistake is, and what to do.
func Read(name string, data []byte) (*assess.Report, error) {
	p := place{name, data}
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("%s is larger than %d MiB; that is no report of readiness", name, MaxBytes>>20)
	}
	if err := p.bounded(); err != nil {
		return nil, err
	}
	var head struct {
		Schema *string `json:"schema"`
	}
	if err := p.decode(&head); err != nil {
		return nil, err
	}
	switch {
	case head.Schema == nil:
		return nil, fmt.Errorf("%s is not a report of readiness: it has no \"schema\"; save one with: readiness check --format json=%s", name, name)
	case !sameMajor(*head.Schema):
		return nil, fmt.Errorf("%s has the format %q, and this version of readiness reads %q; use the version that wrote it, or check again", name, source.Printable(*head.Schema), assess.Schema)
	}
	var r assess.Report
	if err := p.decode(&r); err != nil {
		return nil, err
	}
	if err := sound(&r); err != nil {
		return nil, fmt.Errorf("%s: %w; the file was changed or is damaged", name, err)
	}
	r.Schema = assess.Schema
	fill(reflect.ValueOf(&r).Elem())
	return &r, nil
}

// place tells where in a file a mistake is.
type place struct {
	name string
	data []byte
}

// at is the line and column of a byte.
func (p place) at(offset int64) string {
	before := p.data[:max(0, min(int(offset)-1, len(p.data)))]
	return fmt.Sprintf("%s:%d:%d", p.name, 1+bytes.Count(before, []byte("\n")), len(before)-bytes.LastIndexByte(before, '\n'))
}

// decode reads the one JSON value of the file.
func (p place) decode(v any) error {
	d := json.NewDecoder(bytes.NewReader(p.data))
	err := d.Decode(v)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil:
		if _, err := d.Token(); err != io.EOF {
			return fmt.Errorf("%s: something follows the report; save it again", p.at(d.InputOffset()+1))
		}
		return nil
	case errors.As(err, &syntax):
		return fmt.Errorf("%s: this is not JSON; give a report that was saved with --format json", p.at(syntax.Offset))
	case errors.As(err, &kind):
		what := "the report"
		if kind.Field != "" {
			what = kind.Field
		}
		return fmt.Errorf("%s: %s can't be a JSON %s; the file was changed or is no report", p.at(kind.Offset), what, kind.Value)
	}
	return fmt.Errorf("%s: the file ends too early; save the report again", p.at(int64(len(p.data))+1))
}

// bounded counts objects, depth and lengths before anything is decoded.
func (p place) bounded() error {
	objects, depth, opened, quoted, escaped := 0, 0, 0, false, false
	for i, c := range p.data {
		switch {
		case escaped:
			escaped = false
		case quoted && c == '\\':
			escaped = true
		case c == '"':
			quoted, opened = !quoted, i
		case quoted && i-opened > maxText:
			return fmt.Errorf("%s: this text is longer than a manifest may be", p.at(int64(opened)+1))
		case quoted:
		case c == '{' || c == '[':
			objects, depth = objects+1, depth+1
			if objects > maxObjects || depth > maxDepth {
				return fmt.Errorf("%s: there are more objects here than a report of readiness has", p.at(int64(i)+1))
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return nil
}

// sound checks the words that formats rely on.
func sound(r *assess.Report) error {
	if _, err := time.Parse(time.DateOnly, r.AsOf); err != nil {
		return fmt.Errorf("as_of %q is no day", r.AsOf)
	}
	gates := slices.Clone(r.Gates)
	for _, v := range r.Verdicts {
		gates = append(gates, v.Gate)
	}
	for _, g := range gates {
		if !slices.Contains(checklist.Gates, g) {
			return fmt.Errorf("%q is no gate", string(g))
		}
	}
	for i := range r.Requirements {
		q := &r.Requirements[i]
		switch {
		case !slices.Contains(assess.Outcomes, q.Outcome):
			return fmt.Errorf("%q is no outcome of %q", string(q.Outcome), q.ID)
		case !slices.Contains(checklist.Severities, q.Severity):
			return fmt.Errorf("%q is no severity of %q", string(q.Severity), q.ID)
		case !slices.Contains(checklist.Gates, q.Gate):
			return fmt.Errorf("%q is no gate of %q", string(q.Gate), q.ID)
		}
		for _, c := range q.Checks {
			for _, x := range append([]assess.Result{{Outcome: c.Outcome}}, c.Results...) {
				if !slices.Contains(assess.Outcomes, x.Outcome) {
					return fmt.Errorf("%q is no outcome of %q", string(x.Outcome), q.ID)
				}
			}
		}
	}
	return nil
}

// fill makes lists that the file leaves out empty, as JSON writes them.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Slice:
		if v.IsNil() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			fill(v.Index(i))
		}
	}
}

// sameMajor reports whether a format is of this major version. A later minor version may add what this one doesn't know.
func sameMajor(schema string) bool {
	return regexp.MustCompile(`^` + regexp.QuoteMeta(assess.Schema) + `(\.[0-9]+)*$`).MatchString(schema)
}
