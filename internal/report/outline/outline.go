// Package outline says what a person reads in a report: which blocks, in which order, in which words. Every format made
// for people draws the same Document, so a sentence is worded once.
//
// A Document holds printable text. Build makes control characters, line breaks and bidirectional overrides of the
// report visible. What a format's own syntax takes for more than text is that format's to escape.
package outline

import (
	"strconv"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/source"
)

// Document is the report as people read it.
type Document struct {
	Title  string // of the file
	AsOf   string // the day of the report, as 2026-01-31
	Tool   string // the program and its version
	Brand  Brand
	Footer string // at the foot of every page
	Blocks []Block
}

// Brand is how the firm that hands a report over shows itself. The zero Brand is no firm's.
type Brand struct {
	Firm     string // who prepared the report
	Author   string // the person at the firm
	Logo     []byte // the picture's bytes, checked to be sound and of a bearable size; none when empty
	LogoType string // its media type: image/png, image/jpeg or SVG; formats that can't draw an SVG show the firm's name
	Accent   string // a colour as #rrggbb; empty for the format's own
	Note     string // a few words from the firm on page one
	Footer   string // at the foot of every page, before the report's own
}

// SVG is the media type of a logo that is a vector drawing.
const SVG = "image/svg+xml"

// A Block is one part of a Document: a Cover, Heading, Paragraph, List, Pairs, Table, Verdict, Finding, Picture,
// Callout, Signatures or PageBreak.
type Block interface{ block() }

// Cover opens the report. It's the head of page one, not a page of its own.
type Cover struct {
	Kind     string // what the document is
	Title    string // the practice
	Subtitle string // the deployment; may be empty
	Facts    []Pair // as-of date, prepared by and for, and so on
}

// Heading opens a section. Levels are 2 for a part, 3 and 4 below it; the cover's title is level 1.
type Heading struct {
	Level  int
	Anchor string // unique in the document, of a-z, 0-9 and hyphens
	Text   string
}

// Paragraph is running text.
type Paragraph struct {
	Text  Text
	Quiet bool // for fine print
}

// List is a list of items, numbered or not.
type List struct {
	Ordered bool
	Items   []Lines
}

// Pairs are facts with their names.
type Pairs struct{ Items []Pair }

// A Pair is a fact with its name.
type Pair struct {
	Key   string
	Value Text
}

// Table is a table with a header row. The first column names the row.
type Table struct {
	Caption string
	Dense   bool // whether it's long and looked up rather than read
	Columns []Column
	Rows    []Row
}

// Column is a column of a table.
type Column struct {
	Title  string
	Width  int  // its share of the table's width, out of 100
	Number bool // whether it holds numbers
}

// Row is a row of a table, with one cell per column.
type Row struct {
	Anchor string // may be empty
	Total  bool   // whether it sums up the rows above
	Cells  []Lines
}

// Verdict says in a glance where the practice stands.
type Verdict struct {
	Mark     Mark
	Headline string
	Sentence string
	Gates    []Gate
}

// Gate is the verdict on one gate.
type Gate struct {
	Title  string // Before any PHI
	Status Status // not ready, ready, not due, not judged, nothing
	Detail string
}

// Table shows the verdict on each gate.
func (v Verdict) Table() Table {
	t := Table{Caption: "The verdict on each gate", Columns: []Column{{"Gate", 21, false}, {"Verdict", 17, false}, {"Open", 62, false}}}
	for _, g := range v.Gates {
		t.Rows = append(t.Rows, Row{Cells: []Lines{cell(strong(g.Title)), cell(Text{g.Status.Span()}), cell(plain(g.Detail))}})
	}
	return t
}

// Finding is a requirement that is open.
type Finding struct {
	Anchor    string
	ID        string // checklist/citation
	Citation  string
	Checklist string
	Title     string
	Status    Status
	Severity  checklist.Severity
	Gate      checklist.Gate
	Owner     string // who mends it, in words
	Effort    string // hours, days or weeks
	Fix       string // what to do
	Binding   string // how binding it is, and when it must hold
	Accepted  bool   // whether exceptions in force cover all that is open
	Proposed  bool   // whether it is proposed law
	Due       bool   // whether its gate is due
	Judged    bool   // whether it is, and --gate didn't leave it out
	When      string // by when it must be mended, in words: now, or "not yet, before launch"
	Parts     []Part // everything else, in order
}

// Part is a labelled part of a finding.
type Part struct {
	Label string
	Act   bool // whether it's what the reader is asked to do
	Items []Item
}

// Item is one statement, with the place in the manifest it is about.
type Item struct {
	Text  Text
	Place Place // zero when it has none
	More  Lines // what belongs to it
}

// Place is a line of the manifest.
type Place struct {
	Pos     source.Pos
	Excerpt string // the line that stands there; may be empty
}

// Line names the place for people, who have the one manifest before them.
func (p Place) Line() string { return "line " + strconv.Itoa(p.Pos.Line) }

// Picture is where the map of the data flows stands, which package picture draws. Its tables follow it, so it carries
// nothing that isn't also in words.
type Picture struct{ Caption string }

// Callout is a remark that stands out.
type Callout struct {
	Mark  Mark
	Title string
	Items []Text
}

// Signatures are lines to sign on.
type Signatures struct {
	Statement string
	Roles     []string
}

// PageBreak asks for a new page, where there are pages.
type PageBreak struct {
	Alone bool // what follows is to be handed out alone, so a new page is worth the room it leaves
}

func (Cover) block()      {}
func (Heading) block()    {}
func (Paragraph) block()  {}
func (List) block()       {}
func (Pairs) block()      {}
func (Table) block()      {}
func (Verdict) block()    {}
func (Finding) block()    {}
func (Picture) block()    {}
func (Callout) block()    {}
func (Signatures) block() {}
func (PageBreak) block()  {}

// Lines are paragraphs inside a cell or an item.
type Lines []Text

// Text is a run of spans.
type Text []Span

// String is the text without its styles.
func (t Text) String() string {
	s := ""
	for _, span := range t {
		s += span.Text
	}
	return s
}

// Span is text in one style.
type Span struct {
	Text  string
	Style Style
	Mark  Mark   // a shape to draw before the text; the text says the same in words
	Link  string // "#anchor" in this document, or an http or https URL; empty for none
}

// OnWeb reports whether a span leads to the web, rather than to an anchor or nowhere.
func (s Span) OnWeb() bool { return s.Link != "" && s.Link[0] != '#' }

// Style is how a span looks.
type Style int

// The styles.
const (
	Plain  Style = iota
	Strong       // what matters in a line
	Code         // as it is written in the manifest
	Quiet        // beside the point
)

// Mark is a shape that goes with a status word, never in its place.
type Mark string

// The marks.
const (
	NoMark Mark = ""
	Good   Mark = "good"   // met, ready
	Stated Mark = "stated" // attested
	Bad    Mark = "bad"    // gap, not ready
	Open   Mark = "open"   // undeclared
	Waived Mark = "waived" // accepted by an exception
	Idle   Mark = "idle"   // not applicable, not selected, not due
)

// Status is a word for how something stands, with its mark.
type Status struct {
	Word string
	Mark Mark
}

// Outcome is the status of an outcome.
func Outcome(o assess.Outcome) Status {
	switch o {
	case assess.Gap:
		return Status{"Gap", Bad}
	case assess.Undeclared:
		return Status{"Undeclared", Open}
	case assess.Attested:
		return Status{"Attested", Stated}
	case assess.Met:
		return Status{"Met", Good}
	case assess.NotApplicable:
		return Status{"Not applicable", Idle}
	case assess.NotSelected:
		return Status{"Outside the profile", Idle}
	}
	return Status{string(o), NoMark}
}

// Span is the status as a span.
func (s Status) Span() Span { return Span{Text: s.Word, Style: Strong, Mark: s.Mark} }
