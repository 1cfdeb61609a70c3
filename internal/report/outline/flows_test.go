package outline_test

import (
	"reflect"
	"strings"
	"testing"

	"readiness/internal/assess"
	"readiness/internal/report/outline"
	"readiness/internal/report/reporttest"
	"readiness/internal/source"
)

// A problem of the flows shows where each of its flows is written and, without any, what it rests on. Of many flows only
// the first have their lines.
func TestProblemPlaces(t *testing.T) {
	at := func(line int) source.Pos { return source.Pos{File: "readiness.yaml", Line: line, Col: 1} }
	r := reporttest.Clean()
	r.Inventory.Problems = []assess.Problem{
		{ID: "a", Message: "One way", Path: []string{"x", "y", "z"}, At: []source.Pos{at(4001), at(4002)}},
		{ID: "b", Message: "No flow", Path: []string{}, At: []source.Pos{at(4003)}},
		{ID: "c", Message: "No place", Path: []string{}, At: []source.Pos{}},
	}
	var said []string
	texts(reflect.ValueOf(outline.Build(r, outline.Brand{})), "", func(_, s string) { said = append(said, s) })
	if all := strings.Join(said, ""); !strings.Contains(all, "x (line 4001), then y (line 4002), then z") || !strings.Contains(all, "line 4003") {
		t.Error("the lines of a problem are missing")
	}
}
