// Package junit writes a report as JUnit XML, for the test tabs of continuous integration. The format has no standard;
// this is the part that Jenkins, GitLab, GitHub's reporters and Azure DevOps read alike, and the schema of Jenkins' xUnit
// plugin (junit-10.xsd) allows.
//
// A checklist is a suite and a requirement a test. What can fail a run fails; what is accepted, not yet due or only
// proposed is skipped with the reason, as is what doesn't apply. So the test tab and the exit code agree.
package junit

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/report/finding"
	"readiness/internal/report/outline"
	"readiness/internal/source"
)

type testsuites struct {
	XMLName  xml.Name    `xml:"testsuites"`
	Name     line        `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Time     int         `xml:"time,attr"`
	Suites   []testsuite `xml:"testsuite"`
}

type testsuite struct {
	Name       line       `xml:"name,attr"`
	Tests      int        `xml:"tests,attr"`
	Failures   int        `xml:"failures,attr"`
	Errors     int        `xml:"errors,attr"`
	Skipped    int        `xml:"skipped,attr"`
	Time       int        `xml:"time,attr"`
	Timestamp  line       `xml:"timestamp,attr"`
	Properties []property `xml:"properties>property"`
	Cases      []testcase `xml:"testcase"`
}

type property struct {
	Name  string `xml:"name,attr"`
	Value line   `xml:"value,attr"`
}

type testcase struct {
	Class   line     `xml:"classname,attr"`
	Name    line     `xml:"name,attr"`
	Time    int      `xml:"time,attr"`
	Skipped *verdict `xml:"skipped"`
	Failure *verdict `xml:"failure"`
}

// A verdict says its message twice, because some consumers read the attribute and some the content.
type verdict struct {
	Type    string `xml:"type,attr,omitempty"`
	Message line   `xml:"message,attr"`
	Content lines  `xml:",chardata"`
}

// line is text of one line. What XML 1.0 forbids besides, encoding/xml replaces.
type line = finding.Line

type lines []line

// MarshalText is the lines as they are written.
func (l lines) MarshalText() ([]byte, error) {
	all := make([]string, len(l))
	for i, s := range l {
		all[i] = source.Printable(string(s))
	}
	return []byte(strings.Join(all, "\n")), nil
}

// Render writes the report.
func Render(w io.Writer, r *assess.Report) error {
	all := testsuites{Name: line(r.Tool.Name), Suites: suites(r)}
	for _, s := range all.Suites {
		all.Tests += s.Tests
		all.Failures += s.Failures
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// suites are the checklists with their requirements. A requirement of a checklist that isn't listed gets a suite too, so
// none is lost.
func suites(r *assess.Report) []testsuite {
	open := finding.ByRequirement(finding.All(r))
	at := map[string]int{}
	var list []testsuite
	add := func(l assess.List) {
		at[l.ID] = len(list)
		list = append(list, newSuite(r, l))
	}
	for _, l := range r.Checklists {
		add(l)
	}
	for i := range r.Requirements {
		q := &r.Requirements[i]
		if _, known := at[q.Checklist]; !known {
			add(assess.List{ID: q.Checklist})
		}
		s, c := &list[at[q.Checklist]], newCase(r, q, open[q])
		s.Cases = append(s.Cases, c)
		s.Tests++
		if c.Failure != nil {
			s.Failures++
		}
		if c.Skipped != nil {
			s.Skipped++
		}
	}
	return list
}

func newSuite(r *assess.Report, l assess.List) testsuite {
	s := testsuite{Name: line(l.ID + "@" + l.Version), Timestamp: line(r.AsOf + "T00:00:00")}
	add := func(name, value string) { s.Properties = append(s.Properties, property{name, line(value)}) }
	add("tool", r.Tool.Name+" "+r.Tool.Version)
	add("practice", r.Practice)
	add("deployment", r.Deployment)
	add("as_of", r.AsOf)
	add("manifest", r.Manifest.Name)
	add("manifest_sha256", r.Manifest.SHA256)
	add("profile", r.Profile)
	if len(r.Gates) > 0 {
		add("gates", outline.OnlyGates(r.Gates))
	}
	add("checklist", l.Title)
	add("checklist_sha256", l.SHA256)
	add("source", outline.Provenance(l))
	for _, n := range r.Notices {
		add("notice", n)
	}
	for _, p := range r.LookInto {
		if p.Checklist == l.ID {
			add("may_apply", p.Title+": "+p.Why)
		}
	}
	for _, n := range r.NotAssessed {
		add("not_checked", n)
	}
	for _, o := range r.NotCovered {
		if o.Checklist == l.ID {
			add("not_covered", o.Cite+" "+o.Title+": "+o.Reason)
		}
	}
	add("disclaimer", r.Disclaimer)
	return s
}

func newCase(r *assess.Report, q *assess.Requirement, open []finding.Finding) testcase {
	c := testcase{Class: line(q.Checklist + "." + q.Section), Name: line(q.ID + " " + q.Title)}
	switch q.Outcome {
	case assess.Met, assess.Attested:
	case assess.NotApplicable:
		c.Skipped = skip("not applicable" + because(q))
	case assess.NotSelected:
		c.Skipped = skip("outside the profile " + r.Profile)
	default:
		c.Failure, c.Skipped = judge(q, open)
	}
	return c
}

func skip(words string) *verdict { return &verdict{Message: line(words), Content: lines{line(words)}} }

// because tells which facts make a requirement not applicable.
func because(q *assess.Requirement) string {
	var facts []string
	for _, c := range q.Checks {
		for _, x := range c.Results {
			for _, f := range x.Facts {
				if words := f.Path + ": " + f.Value; !slices.Contains(facts, words) {
					facts = append(facts, words)
				}
			}
		}
	}
	if len(facts) == 0 {
		return ""
	}
	return ", because of " + strings.Join(facts, "; ")
}

// judge fails an open requirement, or skips it when nothing of it can fail a run.
func judge(q *assess.Requirement, open []finding.Finding) (failure, skipped *verdict) {
	var counts, aside []finding.Finding
	for _, f := range open {
		if f.Counts() {
			counts = append(counts, f)
		} else {
			aside = append(aside, f)
		}
	}
	switch {
	case len(counts) > 0:
		return fail(q, counts, aside), nil
	case len(aside) > 0:
		f := aside[0]
		return nil, &verdict{Message: line(fmt.Sprintf("%s, %s", f.Result.Outcome, f.Aside())), Content: tell(aside)}
	}
	return &verdict{Type: string(q.Outcome), Message: line(outline.Aim(q)), Content: lines{line(outline.Aim(q))}}, nil
}

func fail(q *assess.Requirement, counts, aside []finding.Finding) *verdict {
	v := &verdict{Type: string(assess.Undeclared), Message: line(counts[0].Message()), Content: tell(counts)}
	if n := len(counts) - 1; n > 0 {
		v.Message += line(fmt.Sprintf(" (and %d more)", n))
	}
	for _, f := range counts {
		if f.Result.Outcome == assess.Gap {
			v.Type = string(assess.Gap)
		}
	}
	v.Content = append(v.Content, line(fmt.Sprintf("To do: %s (%s, %s)", q.Fix.Do, outline.Role(q.Fix.Who), q.Fix.Effort)))
	v.Content = append(v.Content, tell(aside)...)
	return v
}

// tell is one line per finding: what is wrong, where, and why it doesn't count if it doesn't.
func tell(list []finding.Finding) lines {
	var out lines
	for _, f := range list {
		words := f.Message() + " (" + f.Pos.String() + ")"
		if aside := f.Aside(); aside != "" {
			words += "; " + aside
		}
		if !slices.Contains(out, line(words)) {
			out = append(out, line(words))
		}
	}
	return out
}
