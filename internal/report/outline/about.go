package outline

import (
	"fmt"
	"strings"
)

// aboutSheet says what the workbook is, where the practice stands, what the report was made from and what it is not.
func (b *builder) aboutSheet() Sheet {
	s := Sheet{Name: "About", Prose: true, Columns: []SheetColumn{{Title: "What", Width: 26}, {Title: "This workbook", Width: 90}}}
	say := func(key, value string) {
		if strings.TrimSpace(value) != "" {
			s.Rows = append(s.Rows, []Span{{Text: key, Style: Strong}, {Text: value}})
		}
	}
	cover, verdict := b.cover(), b.verdict()
	say(cover.Kind, below(cover.Title, cover.Subtitle))
	for _, f := range cover.Facts {
		say(f.Key, f.Value.String())
	}
	s.Rows = append(s.Rows, []Span{{Text: "Verdict", Style: Strong}, {Text: verdict.Headline, Style: Strong, Mark: verdict.Mark}})
	say("", verdict.Sentence)
	for _, g := range verdict.Gates {
		s.Rows = append(s.Rows, []Span{{Text: g.Title, Style: Strong}, {Text: g.Status.Word + ": " + g.Detail, Mark: g.Status.Mark}})
	}
	say("The count", Summary(b.r.Counts))
	say("Please note", below(b.r.Notices...))
	say(or(b.brand.Firm, "Note"), b.brand.Note)
	say("What was not checked", below(b.r.NotAssessed...))
	say("Made by", b.tool())
	say("Manifest", fmt.Sprintf("%s, SHA-256 %s", b.r.Manifest.Name, b.r.Manifest.SHA256))
	for _, l := range b.r.Checklists {
		say(l.Title, Provenance(l))
		if link := webLink(l.URL); link != "" {
			s.Rows = append(s.Rows, []Span{{}, {Text: l.URL, Link: link}})
		}
	}
	say("What this report is not", b.r.Disclaimer)
	say("What is written here later", "Status, owner, due day and notes are there to be changed. They change no outcome: the next report comes from the manifest.")
	say("", b.brand.Footer)
	return s
}
