package docx

import (
	"strings"

	"readiness/internal/report/outline"
)

// headings are the styles of headings by level. The cover's title is level 1.
var headings = map[int]string{2: "Heading1", 3: "Heading2", 4: "Heading3"}

func (p *printer) heading(h outline.Heading) {
	p.add(p.marked(p.paragraph(headings[min(max(h.Level, 2), 4)], text(h.Text)), h.Anchor))
}

func (p *printer) cover(c outline.Cover) {
	p.add(p.paragraph("Kicker", text(c.Kind)), p.paragraph("Title", text(c.Title)))
	if c.Subtitle != "" {
		p.add(p.paragraph("Subtitle", text(c.Subtitle)))
	}
	p.pairs(c.Facts)
}

func (p *printer) verdict(v outline.Verdict) {
	p.add(p.paragraph("Verdict", outline.Text{{Text: v.Headline, Mark: v.Mark}}), p.paragraph("Lead", text(v.Sentence)))
	p.table(v.Table())
}

// pairs writes facts with their names beside them.
func (p *printer) pairs(items []outline.Pair) {
	for _, it := range items {
		p.add(p.labelled(text(it.Key), it.Value))
	}
}

// labelled is a paragraph with a label in the column beside it.
func (p *printer) labelled(label, t outline.Text) node {
	for i := range label {
		if label[i].Style == outline.Plain {
			label[i].Style = outline.Quiet
		}
	}
	n := p.paragraph("Labelled", label)
	n.Kids = append(append(n.Kids, el("w:r", el("w:tab"))), p.runs(t)...)
	return n
}

// bullets is the id of the list with bullets. Each numbered list has one of its own after it, so that it begins at 1.
const bullets = 1

func (p *printer) list(b outline.List) {
	id := bullets
	if b.Ordered {
		p.lists++
		id = bullets + p.lists
	}
	for _, item := range b.Items {
		for i, t := range item {
			if i == 0 {
				p.add(p.paragraph("ListParagraph", t, el("w:numPr", val("w:ilvl", "0"), val("w:numId", num(id)))))
			} else {
				p.add(p.paragraph("ListMore", t))
			}
		}
	}
}

func (p *printer) callout(c outline.Callout) {
	p.add(p.paragraph("CalloutTitle", outline.Text{{Text: c.Title, Mark: c.Mark, Style: outline.Strong}}))
	for _, t := range c.Items {
		p.add(p.paragraph("Callout", t))
	}
}

// signatures is a table to sign in.
func (p *printer) signatures(s outline.Signatures) {
	p.add(p.paragraph("BodyText", text(s.Statement)))
	t := outline.Table{Caption: "Signatures", Columns: []outline.Column{{Title: "Role", Width: 22}, {Title: "Name", Width: 28}, {Title: "Signature", Width: 34}, {Title: "Date", Width: 16}}}
	for _, role := range s.Roles {
		t.Rows = append(t.Rows, outline.Row{Cells: []outline.Lines{{text(role)}, {nil}, {nil}, {nil}}})
	}
	p.tableHigh(t, 760)
}

// finding writes a finding: its head, then its parts with their labels beside them.
func (p *printer) finding(f outline.Finding) {
	p.add(p.marked(p.paragraph("Finding", outline.Text{{Text: f.Status.Word, Mark: f.Status.Mark}, {Text: ". " + f.Title}}), f.Anchor))
	t := outline.Text{{Text: outline.SeverityTitle(f.Severity), Style: outline.Strong}, {Text: "  "}}
	if f.Proposed {
		t = append(t, outline.Span{Text: "Proposed, not law", Style: outline.Strong}, outline.Span{Text: "  "})
	}
	if f.Accepted {
		t = append(t, outline.Span{Text: "Accepted by an exception", Mark: outline.Waived}, outline.Span{Text: "  "})
	}
	t = append(t, outline.Span{Text: f.ID, Style: outline.Code}, outline.Span{Text: "  " + f.Binding + ". Owner: ", Style: outline.Quiet}, outline.Span{Text: f.Owner, Style: outline.Strong},
		outline.Span{Text: ". Effort: " + f.Effort + ". Due: " + f.When + ".", Style: outline.Quiet})
	p.add(p.paragraph("FindingHead", t))
	for _, part := range f.Parts {
		for i, it := range part.Items {
			p.statement(part, it, i == 0)
		}
	}
}

// statement writes one statement of a part, with its place in the manifest and what belongs to it.
func (p *printer) statement(part outline.Part, it outline.Item, first bool) {
	says, excerpt := it.Text, strings.Join(strings.Fields(it.Place.Excerpt), " ")
	if it.Place.Pos.IsValid() && excerpt == "" {
		says = append(says[:len(says):len(says)], outline.Span{Text: " (" + it.Place.Line() + ")", Style: outline.Quiet})
	}
	if first {
		label := outline.Text{{Text: part.Label, Style: outline.Quiet}}
		if part.Act {
			label[0].Style = outline.Strong
		}
		p.add(p.labelled(label, says))
	} else {
		p.add(p.paragraph("Beside", says))
	}
	if excerpt != "" {
		p.add(p.paragraph("BesideSmall", outline.Text{{Text: it.Place.Line() + "  ", Style: outline.Quiet}, {Text: excerpt, Style: outline.Code}}))
	}
	for _, t := range it.More {
		p.add(p.paragraph("BesideSmall", t))
	}
}
