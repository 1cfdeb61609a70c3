package github

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/report/gfm"
	"readiness/internal/report/outline"
	"readiness/internal/source"
)

// Limits on the summary. GitHub takes 1 MiB of a step, and none of a longer one.
const (
	maxBytes = 700_000 // after which no row or item is added
	maxRows  = 100     // of one table or list
	maxText  = 400     // characters of one cell or item
)

// Summary writes a short Markdown summary of the job, for the file that GITHUB_STEP_SUMMARY names: the verdicts, the
// counts, what to do first and a table of what is open. It can be pasted into an issue or a comment too, where it notifies
// nobody and refers to no issue.
func Summary(w io.Writer, r *assess.Report) error {
	s := &page{}
	s.line("# %s\n", md(title(r)))
	s.line("Checked %s.\n", md(checked(r)))
	s.bullets("", r.Notices)
	s.verdicts(r)
	s.line("**%s**\n", md(outline.Summary(r.Counts)))
	s.first(r.First)
	s.open(open(r))
	s.bullets("Not checked", r.NotAssessed)
	s.bullets("Checked against", provenance(r))
	s.line("%s", md(r.Disclaimer))
	_, err := w.Write(s.out.Bytes())
	return err
}

func provenance(r *assess.Report) []string {
	var list []string
	for _, l := range r.Checklists {
		list = append(list, outline.Provenance(l))
	}
	return list
}

// A page is Markdown that is being written.
type page struct{ out bytes.Buffer }

func (s *page) line(format string, args ...any) { fmt.Fprintf(&s.out, format+"\n", args...) }

// row writes a row of a table. Its cells must be Markdown already.
func (s *page) row(cells ...string) { s.line("| %s |", strings.Join(cells, " | ")) }

func (s *page) head(columns ...string) {
	s.row(columns...)
	s.line("|%s", strings.Repeat(" --- |", len(columns)))
}

// each writes n rows or items, at most maxRows of them, and how many there are more.
func (s *page) each(n int, noun string, write func(i int)) { s.upTo(maxRows, n, noun, write) }

// upTo writes n rows or items, but at most so many and no more than there is room for, and how many there are more.
func (s *page) upTo(most, n int, noun string, write func(i int)) {
	for i := range n {
		if i == most || s.out.Len() > maxBytes {
			s.line("\nAnd %s.", outline.Count(n-i, "more "+noun))
			break
		}
		write(i)
	}
	s.line("")
}

func (s *page) bullets(heading string, items []string) {
	if len(items) == 0 {
		return
	}
	if heading != "" {
		s.line("## %s\n", heading)
	}
	s.each(len(items), "item", func(i int) { s.line("- %s", md(items[i])) })
}

func (s *page) verdicts(r *assess.Report) {
	s.head("Gate", "Verdict", "What is open")
	for _, v := range r.Verdicts {
		s.row(md(v.Gate.Title()), "**"+outline.GateStatus(v).Word+"**", md(outline.Upper(outline.Openings(v))))
	}
	s.line("")
}

func (s *page) first(steps []assess.Step) {
	if len(steps) == 0 {
		return
	}
	s.line("## Do first\n")
	s.each(len(steps), "step", func(i int) {
		step := steps[i]
		what := step.What
		if step.Kind == "declare" {
			what = outline.Declare(step)
		}
		s.line("%d. %s (%s; %s)", i+1, md(what), where(step.Pos), md(outline.Waiting(step.Requirements)))
	})
}

// open tells apart what can fail the run and what can't.
func (s *page) open(entries []entry) {
	var counting, aside []entry
	for _, e := range entries {
		if weight(e) > 0 {
			counting = append(counting, e)
		} else {
			aside = append(aside, e)
		}
	}
	if len(counting) > 0 {
		s.line("## Open\n")
		s.head("Severity", "Requirement", "What is wrong", "Where", "What to do")
		s.each(len(counting), "requirement", func(i int) {
			e := counting[i]
			s.row(md(string(e.Severity)), name(e), wrong(e), where(e.findings[0].Pos), md(e.Fix.Do))
		})
	}
	if len(aside) > 0 {
		s.line("## Accepted, not due yet or only proposed\n")
		s.head("Requirement", "What is wrong", "Why it doesn't count now")
		s.each(len(aside), "requirement", func(i int) {
			e := aside[i]
			s.row(name(e), wrong(e), md(e.findings[0].Aside()))
		})
	}
}

func name(e entry) string {
	return "**" + cmp.Or(md(e.ID), "-") + "** " + md(outline.Aim(e.Requirement))
}

// wrong is what is wrong with a requirement: its first finding, and how many there are besides.
func wrong(e entry) string {
	words := md(e.findings[0].Message())
	if n := len(e.findings) - 1; n > 0 {
		words += fmt.Sprintf(" (and %d more)", n)
	}
	return words
}

// md is text as Markdown shows it, cut to a bearable length.
func md(s string) string { return gfm.Escape(source.Clip(s, maxText)) }

// where is a place to be copied, in a table or out of it.
func where(p source.Pos) string {
	return gfm.Code(source.Clip(source.Printable(p.String()), maxText), true)
}
