package html

import (
	"html/template"
	"strings"

	"readiness/internal/checklist"
	"readiness/internal/report/outline"
)

// section is a heading with what stands under it, and the sections below it.
type section struct {
	outline.Heading
	NewPage bool
	Blocks  []outline.Block
	Below   []section
}

// sections makes a tree of blocks by the levels of their headings. What comes before the findings is page one.
func sections(blocks []outline.Block) (open section, parts []section) {
	open.Level = 1
	var top []section
	newPage := false
	for _, b := range blocks {
		switch b := b.(type) {
		case outline.PageBreak:
			newPage = true
		case outline.Heading:
			place(&top, section{Heading: b, NewPage: newPage})
			newPage = false
		default:
			if s := last(top); s != nil {
				s.Blocks = append(s.Blocks, b)
			} else {
				open.Blocks = append(open.Blocks, b)
			}
		}
	}
	for i, s := range top {
		if s.NewPage {
			open.Below = top[:i]
			return open, top[i:]
		}
	}
	return open, top
}

// place puts a section below the last one of a higher level.
func place(list *[]section, s section) {
	if n := len(*list); n > 0 && (*list)[n-1].Level < s.Level {
		place(&(*list)[n-1].Below, s)
		return
	}
	*list = append(*list, s)
}

// last is the section that was opened last.
func last(list []section) *section {
	if len(list) == 0 {
		return nil
	}
	s := &list[len(list)-1]
	if below := last(s.Below); below != nil {
		return below
	}
	return s
}

// choice is something findings can be filtered by, with its options.
type choice struct {
	Key, Label, All string
	Options         []option
}

type option struct{ Value, Label string }

// choices are the outcomes, severities, gates and owners that findings have. A choice of one is none.
func choices(blocks []outline.Block) ([]choice, int) {
	var outcomes, owners []option
	severities, gates := map[checklist.Severity]bool{}, map[checklist.Gate]bool{}
	cards := 0
	for _, b := range blocks {
		f, ok := b.(outline.Finding)
		if !ok {
			continue
		}
		cards++
		outcomes = offer(outcomes, f.Status.Word)
		owners = offer(owners, f.Owner)
		severities[f.Severity], gates[f.Gate] = true, true
	}
	all := []choice{{"outcome", "Outcome", "Any outcome", outcomes}, {"severity", "Severity", "Any severity", nil},
		{"gate", "Must hold", "At any time", nil}, {"owner", "Owner", "Any owner", owners}}
	for _, s := range checklist.Severities {
		if severities[s] {
			all[1].Options = append(all[1].Options, option{string(s), outline.SeverityTitle(s)})
		}
	}
	for _, g := range checklist.Gates {
		if gates[g] {
			all[2].Options = append(all[2].Options, option{string(g), g.Title()})
		}
	}
	return all, cards
}

func offer(list []option, value string) []option {
	for _, o := range list {
		if o.Value == value {
			return list
		}
	}
	return append(list, option{value, outline.Upper(value)})
}

// functions are what the templates call.
func functions() template.FuncMap {
	return template.FuncMap{
		"kind":     kind,
		"severity": outline.SeverityTitle,
		"trim":     strings.TrimSpace,
		"web":      func(link string) bool { return !strings.HasPrefix(link, "#") },
		"column":   func(t outline.Table, i int) outline.Column { return t.Columns[i] },
	}
}

// kind names a block for the template.
func kind(b outline.Block) string {
	switch b.(type) {
	case outline.Cover:
		return "cover"
	case outline.Verdict:
		return "verdict"
	case outline.Paragraph:
		return "paragraph"
	case outline.List:
		return "list"
	case outline.Pairs:
		return "pairs"
	case outline.Table:
		return "table"
	case outline.Finding:
		return "finding"
	case outline.Picture:
		return "picture"
	case outline.Callout:
		return "callout"
	case outline.Signatures:
		return "signatures"
	}
	return ""
}
