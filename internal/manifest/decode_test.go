package manifest

import (
	"os"
	"testing"
)

func TestDecodeExample(t *testing.T) {
	data, err := os.ReadFile("/work/shared/design/readiness.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Decode("readiness.yaml", data); err != nil {
		t.Fatal(err)
	}
}
