// Package markdown writes a report as GitHub-flavoured Markdown, with the data flows as a Mermaid picture.
//
// The result is safe to paste into an issue: nothing from a manifest becomes markup, a link, a mention of a person or a
// reference to an issue.
package markdown

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/report/gfm"
	"readiness/internal/report/outline"
	"readiness/internal/report/picture"
)

// Render writes the report.
func Render(w io.Writer, r *assess.Report, brand outline.Brand) error {
	doc := outline.Build(r, brand)
	p := &printer{report: r}
	for _, b := range doc.Blocks {
		p.block(b)
	}
	p.para("%s", "---")
	for _, s := range []string{doc.Brand.Footer, doc.Footer} {
		if s != "" {
			p.para("%s", gfm.Lead(gfm.Inline(s)))
		}
	}
	_, err := w.Write(append(bytes.TrimLeft(p.out.Bytes(), "\n"), '\n'))
	return err
}

type printer struct {
	report *assess.Report
	out    bytes.Buffer
}

// para writes a block of its own.
func (p *printer) para(format string, args ...any) {
	p.out.WriteString("\n")
	p.line(format, args...)
}

func (p *printer) line(format string, args ...any) {
	p.out.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " "))
	p.out.WriteByte('\n')
}

func (p *printer) block(block outline.Block) {
	switch b := block.(type) {
	case outline.Cover:
		p.cover(b)
	case outline.Verdict:
		p.verdict(b)
	case outline.Heading:
		p.para("%s %s%s", strings.Repeat("#", b.Level), anchor(b.Anchor), gfm.Inline(b.Text))
	case outline.Paragraph:
		p.para("%s", gfm.Lead(inline(b.Text)))
	case outline.List:
		p.list(b)
	case outline.Pairs:
		p.pairs(b.Items)
	case outline.Table:
		p.table(b)
	case outline.Finding:
		p.finding(b)
	case outline.Picture:
		p.para("%s", gfm.Inline(b.Caption))
		p.para("```mermaid\n%s```", picture.Mermaid(p.report))
	case outline.Callout:
		p.callout(b)
	case outline.Signatures:
		p.signatures(b)
	case outline.PageBreak:
	}
}

func (p *printer) cover(c outline.Cover) {
	p.para("# %s: %s", c.Kind, gfm.Inline(c.Title))
	if c.Subtitle != "" {
		p.para("**%s**", gfm.Inline(c.Subtitle))
	}
	p.pairs(c.Facts)
}

func (p *printer) verdict(v outline.Verdict) {
	p.para("## %s%s", shape(v.Mark), gfm.Inline(v.Headline))
	p.para("%s", gfm.Lead(gfm.Inline(v.Sentence)))
	p.para("| Gate | Verdict | |")
	p.line("| --- | --- | --- |")
	for _, g := range v.Gates {
		p.line("| %s | %s%s | %s |", gfm.Inline(g.Title), shape(g.Status.Mark), bold(gfm.Inline(g.Status.Word)), gfm.Inline(g.Detail))
	}
}

func (p *printer) pairs(items []outline.Pair) {
	p.out.WriteByte('\n')
	for _, it := range items {
		p.line("- **%s:** %s", gfm.Inline(it.Key), inline(it.Value))
	}
}

func (p *printer) list(l outline.List) {
	p.out.WriteByte('\n')
	for i, item := range l.Items {
		bullet := "-"
		if l.Ordered {
			bullet = fmt.Sprintf("%d.", i+1)
		}
		indent := strings.Repeat(" ", len(bullet)+1)
		for n, t := range item {
			switch {
			case n == 0:
				p.line("%s %s", bullet, gfm.Lead(inline(t)))
			default:
				p.line("%s<br>%s", indent, inline(t))
			}
		}
	}
}

func (p *printer) table(t outline.Table) {
	p.out.WriteByte('\n')
	head, rule := "|", "|"
	for _, c := range t.Columns {
		head += " " + gfm.Inline(c.Title) + " |"
		if c.Number {
			rule += " ---: |"
		} else {
			rule += " --- |"
		}
	}
	p.line("%s", head)
	p.line("%s", rule)
	for _, row := range t.Rows {
		line := "|"
		for i, c := range row.Cells {
			s := cell(c)
			if i == 0 && row.Anchor != "" {
				s = anchor(row.Anchor) + s
			}
			if row.Total {
				s = bold(s)
			}
			line += " " + s + " |"
		}
		p.line("%s", line)
	}
}

func (p *printer) finding(f outline.Finding) {
	p.para("#### %s%s%s. %s", anchor(f.Anchor), shape(f.Status.Mark), gfm.Inline(f.Status.Word), gfm.Inline(f.Title))
	meta := gfm.Code(f.ID, false) + " · " + gfm.Inline(outline.SeverityTitle(f.Severity)) + " · " + gfm.Inline(f.Binding)
	if f.Accepted {
		meta += " · " + shape(outline.Waived) + "accepted by an exception"
	}
	p.para("%s", meta)
	p.para("Owner: %s · Effort: %s · Due: %s", gfm.Inline(f.Owner), gfm.Inline(f.Effort), gfm.Inline(f.When))
	for _, part := range f.Parts {
		p.part(part)
	}
}

// part writes a labelled part: one short statement on the label's line, more as a list.
func (p *printer) part(part outline.Part) {
	if len(part.Items) == 1 && len(part.Items[0].More) == 0 && !part.Items[0].Place.Pos.IsValid() {
		p.para("**%s.** %s", gfm.Inline(part.Label), inline(part.Items[0].Text))
		return
	}
	p.para("**%s**", gfm.Inline(part.Label))
	p.out.WriteByte('\n')
	for _, it := range part.Items {
		p.line("- %s", gfm.Lead(inline(it.Text)))
		if at := it.Place; at.Pos.IsValid() {
			p.line("  <br>%s", gfm.Code(at.Pos.String(), false))
			if excerpt := strings.TrimSpace(at.Excerpt); excerpt != "" {
				p.line("  %s", gfm.Code(excerpt, false))
			}
		}
		for _, t := range it.More {
			p.line("  <br>%s", inline(t))
		}
	}
}

// callout is an alert as GitHub writes it.
func (p *printer) callout(c outline.Callout) {
	kind := "NOTE"
	if c.Mark == outline.Bad || c.Mark == outline.Open {
		kind = "WARNING"
	}
	p.para("> [!%s]", kind)
	p.line("> **%s**", gfm.Inline(c.Title))
	for _, t := range c.Items {
		p.line(">")
		p.line("> %s", gfm.Lead(inline(t)))
	}
}

func (p *printer) signatures(s outline.Signatures) {
	p.para("%s", gfm.Lead(gfm.Inline(s.Statement)))
	p.para("| Role | Name | Signature | Date |")
	p.line("| --- | --- | --- | --- |")
	for _, role := range s.Roles {
		p.line("| %s | | | |", gfm.Inline(role))
	}
}
