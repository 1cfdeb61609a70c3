package checklist

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"readiness/internal/source"
)

// citationsFile is <id>/citations.yaml: what a checklist may cite, and what it has to answer for.
type citationsFile struct {
	Numbering  []source.Text  `yaml:"numbering" doc:"How the source's own citations begin, such as 164. for HIPAA. What begins so and is not in the list is a mistake in a checklist that extends this one, too."`
	Asked      asked          `yaml:"asked" doc:"The provisions that the checklist has to check or to leave out for a reason. What is vacated is always among them."`
	Provisions []rawProvision `yaml:"provisions" most:"2000" required:"true" doc:"The provisions."`
}

type asked struct {
	Kinds []source.Text `yaml:"kinds" doc:"Every provision of these kinds."`
	Under []source.Text `yaml:"under" doc:"These provisions and their parts."`
}

type rawProvision struct {
	Cite        source.Text `yaml:"cite" required:"true" doc:"The citation, as a checklist writes it."`
	Title       source.Text `yaml:"title" required:"true" doc:"Its short title."`
	Kind        source.Text `yaml:"kind" doc:"What it is, such as standard or specification."`
	Designation source.Text `yaml:"designation" enum:"required addressable standard voluntary proposed n/a" doc:"How the authority designates it; n/a for what it does not."`
	Profile     source.Text `yaml:"profile" enum:"core standard full" doc:"The profile that asks for it."`
	Confidence  source.Text `yaml:"confidence" enum:"high medium low" doc:"How sure the research behind it is. What is of low confidence is looked into, never checked."`
	Status      source.Text `yaml:"status" enum:"vacated historic" doc:"Where it is not in force."`
}

// A Provision is a part of a source that can be cited.
type Provision struct {
	Cite, Title, Kind string
	Designation       string // as the authority's; n/a for what it does not designate, "" where the list doesn't say
	Profile           Profile
	Confidence        string // high, medium or low; "" where the list doesn't say
	Status            string // vacated or historic; "" for what is in force
}

// Citations are the provisions of the source that a checklist follows.
type Citations struct {
	Provisions []Provision
	// Closed is whether the checklist may cite nothing else. One that extends another and has no list of its own may
	// number its requirements as it likes, and cite other sources.
	Closed       bool
	numbering    []string
	kinds, under []string
}

// Citations returns what c may cite: the list that stands beside it, as <id>/citations.yaml, and that of the checklist
// it extends. It is nil when there is neither.
func (l Library) Citations(c *Checklist) (*Citations, error) {
	own, err := l.readCitations(c.ID)
	if err != nil || c.Base == nil {
		return own, err
	}
	base, err := l.readCitations(c.Base.ID)
	switch {
	case err != nil || base == nil:
		return own, err
	case own == nil:
		return &Citations{Provisions: base.Provisions, numbering: base.numbering}, nil
	}
	own.Provisions = append(own.Provisions, base.Provisions...)
	return own, nil
}

func (l Library) readCitations(id string) (*Citations, error) {
	name, data, err := l.ReadFile(id + "/citations.yaml")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	var raw citationsFile
	file, err := source.Decode(name, data, source.TypeOf[citationsFile](), &raw)
	if err != nil {
		return nil, err
	}
	out := &Citations{Closed: true, numbering: source.Texts(raw.Numbering), kinds: source.Texts(raw.Asked.Kinds), under: source.Texts(raw.Asked.Under)}
	var problems source.Problems
	for i := range raw.Provisions {
		p := &raw.Provisions[i]
		if out.Find(p.Cite.Or("")) != nil {
			problems = append(problems, file.Problem(p.Cite.Pos(), fmt.Sprintf("%s is listed twice", p.Cite.Or("")), "take one out"))
		}
		out.Provisions = append(out.Provisions, Provision{p.Cite.Or(""), p.Title.Or(""), p.Kind.Or(""), p.Designation.Or(""),
			Profile(p.Profile.Or("")), p.Confidence.Or(""), p.Status.Or("")})
	}
	return out, problems.Err()
}

// Find returns the provision that is cited so; nil when there is none.
func (c *Citations) Find(cite string) *Provision {
	i := slices.IndexFunc(c.Provisions, func(p Provision) bool { return p.Cite == cite })
	if i < 0 {
		return nil
	}
	return &c.Provisions[i]
}

// Asks reports whether a checklist has to say what it does about a provision: check it, or leave it out for a reason.
func (c *Citations) Asks(p *Provision) bool {
	return p.Status == "vacated" || slices.Contains(c.kinds, p.Kind) ||
		slices.ContainsFunc(c.under, func(whole string) bool { return within(p.Cite, whole) })
}

// within reports whether a citation is a provision or a part of it.
func within(cite, whole string) bool {
	rest, ok := strings.CutPrefix(cite, whole)
	return ok && (rest == "" || rest[0] == '(')
}

// invented reports whether a citation should be in the list and is not.
func (c *Citations) invented(cite string) bool {
	return c.Find(cite) == nil &&
		(c.Closed || slices.ContainsFunc(c.numbering, func(start string) bool { return strings.HasPrefix(cite, start) }))
}

// cited compares what the checklist checks and leaves out with the provisions of its source: what is invented,
// mislabelled, doubled or missing.
func (l *linter) cited(all *Citations) {
	for _, r := range l.c.Own() {
		for _, cite := range slices.Concat([]string{r.ID}, r.Also) {
			l.provision(all, r.Pos, cite)
			if p := all.Find(cite); p != nil && p.Status == "vacated" {
				l.report(r.Pos, fmt.Sprintf("%s is vacated, and is checked", cite), "leave it out, with that reason")
			}
		}
		if p := all.Find(r.ID); p != nil {
			l.labels(r, p)
		}
	}
	checked, omitted := map[string]bool{}, map[string]bool{}
	for _, r := range l.c.All() {
		for _, cite := range slices.Concat([]string{r.ID}, r.Also) {
			checked[cite] = true
		}
	}
	for _, o := range l.c.NotCovered {
		if o.pos.File == l.c.file.Name {
			l.omission(all, o, checked[o.Cite], omitted[o.Cite])
		}
		omitted[o.Cite] = true
	}
	for _, p := range l.c.LookInto {
		omitted[p.ID] = true
	}
	for i := range all.Provisions {
		if l.c.partial {
			break // it may be there
		}
		if p := &all.Provisions[i]; all.Asks(p) && !checked[p.Cite] && !omitted[p.Cite] {
			l.report(l.c.top(), fmt.Sprintf("%s (%s) is neither checked nor left out for a reason", p.Cite, p.Title), "add a requirement, or a reason under not_covered")
		}
	}
}

// omission reports what is wrong with a provision that is left out.
func (l *linter) omission(all *Citations, o Omission, checked, twice bool) {
	l.provision(all, o.pos, o.Cite)
	if twice {
		l.report(o.pos, fmt.Sprintf("%s is left out twice", o.Cite), "take one out")
	}
	if checked && all.Closed {
		l.report(o.pos, fmt.Sprintf("%s is checked, and is left out as well", o.Cite), "take it out of one of the two")
	}
}

// provision reports a citation that should be one of the source's and is not.
func (l *linter) provision(all *Citations, pos source.Pos, cite string) {
	if cite == "" || !all.invented(cite) {
		return
	}
	cites := make([]string, len(all.Provisions))
	for i, p := range all.Provisions {
		cites[i] = p.Cite
	}
	hint := source.Suggest(cite, cites)
	if hint == "" {
		hint = "compare it with the source"
	}
	l.report(pos, fmt.Sprintf("%s is not a provision of the source", cite), hint)
}

// labels reports what a requirement says otherwise of its provision than the source does.
func (l *linter) labels(r *Requirement, p *Provision) {
	label := p.Designation
	if label == "n/a" {
		label = "standard"
	}
	if label != "" && r.Designation != "" && r.Designation != label {
		l.report(r.Pos, fmt.Sprintf("%s is labelled %s, and the source says %s", r.ID, r.Designation, label), "")
	}
	switch {
	case p.Confidence == "low":
		l.report(r.Pos, fmt.Sprintf("what is known of %s is of low confidence, and it is checked", r.ID), "put it under look_into")
	case p.Confidence != "" && r.Confidence != p.Confidence:
		l.report(r.Pos, fmt.Sprintf("%s is of %s confidence, and its confidence reads %q", r.ID, p.Confidence, r.Confidence), "")
	}
}
