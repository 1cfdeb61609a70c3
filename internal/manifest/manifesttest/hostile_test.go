package manifesttest_test

import (
	"fmt"
	"strings"
	"testing"

	"readiness/internal/manifest"
	"readiness/internal/manifest/manifesttest"
	"readiness/internal/source"
)

// TestMost reads, for each list and group of names a manifest can hold, one with as many items as there may be, and refuses one
// with one more.
func TestMost(t *testing.T) {
	maker := manifesttest.New(models(t)[1])
	paths := manifesttest.Lists()
	if len(paths) < 60 {
		t.Fatalf("only %d lists", len(paths))
	}
	for _, path := range paths {
		t.Run(path, func(t *testing.T) {
			field := source.FieldAt(manifest.Type(), path)
			if _, err := manifest.Decode("m.yaml", maker.Filled(path, field.Most, true)); err != nil {
				t.Errorf("%d items: %v", field.Most, err)
			}
			_, err := manifest.Decode("m.yaml", maker.Filled(path, field.Most+1, true))
			want := fmt.Sprintf("%q has %d items, and at most %d are read", field.Key, field.Most+1, field.Most)
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v, want %s", err, want)
			}
		})
	}
}

// TestHostile wants each document made to take long to be read, or refused by its name: one that is larger than a file may
// be would show nothing.
func TestHostile(t *testing.T) {
	docs := manifesttest.New(models(t)[1]).Hostile()
	read := 0
	for _, d := range docs {
		if len(d.Data) > source.MaxBytes {
			t.Errorf("%s: %d bytes", d.Name, len(d.Data))
		}
		_, err := manifest.Decode("m.yaml", d.Data)
		if err == nil {
			read++
		} else if strings.HasPrefix(d.Name, "full ") || strings.HasPrefix(d.Name, "bare ") || strings.HasPrefix(d.Name, "flows ") {
			t.Errorf("%s: %v", d.Name, err)
		}
	}
	t.Logf("%d of %d are read", read, len(docs))
}
