package source_test

import (
	"testing"

	"readiness/internal/source"
)

// sample has a field of every kind.
type sample struct {
	Name   source.Text            `yaml:"name" doc:"A name."`
	Word   source.Text            `yaml:"word" enum:"one two three" doc:"A word."`
	Flag   source.Flag            `yaml:"flag" doc:"A flag."`
	Int    source.Int             `yaml:"int" doc:"A whole number."`
	Number source.Number          `yaml:"number" doc:"A number."`
	Date   source.Date            `yaml:"date" doc:"A date."`
	Span   source.Span            `yaml:"span" doc:"A length of time."`
	Code   source.Code            `yaml:"code" doc:"An expression."`
	Part   source.Part            `yaml:"part" doc:"Anything."`
	Who    source.Text            `yaml:"who" ref:"items" doc:"The id of an item."`
	List   []source.Text          `yaml:"list" doc:"Texts."`
	Few    []source.Text          `yaml:"few" most:"3" doc:"At most three texts."`
	Words  []source.Text          `yaml:"words" enum:"one two three" doc:"Words."`
	Map    map[string]source.Span `yaml:"map" doc:"Lengths of time by name."`
	Items  []item                 `yaml:"items" doc:"Items with ids."`
	Rows   []row                  `yaml:"rows" doc:"Items without ids."`
	Loose  []loose                `yaml:"loose" doc:"Items that need no id."`
	Item   item                   `yaml:"item" doc:"An item by itself."`

	Total source.Int `yaml:"-" derived:"total" doc:"A derived number."`
}

type item struct {
	ID    source.Text   `yaml:"id" required:"true" doc:"A short name."`
	Title source.Text   `yaml:"title" doc:"A title."`
	Tags  []source.Text `yaml:"tags" doc:"Tags."`
	Inner inner         `yaml:"inner" doc:"More."`
}

type inner struct {
	Date source.Date `yaml:"date" doc:"A date."`
}

type row struct {
	Law  source.Text `yaml:"law" required:"true" doc:"A law."`
	Part source.Text `yaml:"part" required:"true" enum:"a b" doc:"A part."`
	Note source.Text `yaml:"note" doc:"A note."`
}

type loose struct {
	ID   source.Text `yaml:"id" doc:"A short name."`
	Note source.Text `yaml:"note" doc:"A note."`
}

var sampleType = source.TypeOf[sample]()

func decode(t testing.TB, doc string) (*sample, *source.File) {
	t.Helper()
	var s sample
	f, err := source.Decode("s.yaml", []byte(doc), sampleType, &s)
	if err != nil {
		t.Fatal(err)
	}
	return &s, f
}
