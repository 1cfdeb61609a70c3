package github

import (
	"fmt"
	"io"
	"strings"

	"readiness/internal/diff"
	"readiness/internal/report/outline"
)

// Diff writes what changed between two reports as Markdown, for a comment on a pull request. It notifies nobody and
// refers to no issue.
func Diff(w io.Writer, d *diff.Diff) error {
	s := &page{}
	s.line("# %s: what changed\n", md(outline.Named(d.New.Practice)))
	s.line("From %s to %s.\n", md(sideOf(d.Old)), md(sideOf(d.New)))
	s.bullets("", d.Notices)
	s.line("**%s**\n", md(outline.StillOpen(d.Counts)+". "+outline.Changes(d.Counts)))
	for _, g := range outline.ChangeGroups(d) {
		s.line("## %s\n", g.Title)
		s.each(len(g.Items), "item", func(i int) {
			item := g.Items[i]
			s.line("- %s", md(item.Words))
			for _, detail := range item.Details {
				s.line("  <br>%s", md(detail))
			}
		})
	}
	_, err := w.Write(s.out.Bytes())
	return err
}

func sideOf(s diff.Side) string {
	return fmt.Sprintf("%s as of %s (%s, %s)", s.Name, s.AsOf, strings.Join(s.Checklists, " and "), outline.Asked(s.Profile, s.Gates))
}
