// Package checklist reads versioned lists of requirements, selects them, and compiles their rules.
package checklist

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"readiness/internal/rule"
	"readiness/internal/source"
)

// A Checklist is one version of an authority's requirements.
type Checklist struct {
	ID         string
	Version    string
	Title      string
	Source     Source
	ReviewedOn time.Time  // when a person last compared it with its source
	ReviewBy   time.Time  // past this day every report says so
	Digest     string     // SHA-256 of the file
	Base       *Checklist // the checklist it extends, as it was read; nil for most
	Sections   []Section
	NotCovered []Omission
	LookInto   []Pointer
	extends    extension
	file       *source.File
	partial    bool // whether some of the file could not be read
	stranger   bool // whether only its id is that of a checklist that ships with the program
}

// An Omission is a provision of the source that no requirement covers.
type Omission struct {
	Cite, Title, Reason string
	pos                 source.Pos
}

// A Pointer is a rule that may apply, and of which too little is certain to check it.
type Pointer struct {
	ID, Title, Why string
	Written        source.Script // the condition as its author wrote it; empty: everywhere
	file           *source.File  // that holds it, as a requirement's
	condition
}

// condition is compiled by Compile.
type condition struct {
	When *rule.Expr // nil: everywhere
}

// A Source is the text a checklist follows.
type Source struct {
	Name, Edition, URL string
	Retrieved          time.Time // zero when the checklist doesn't say
	Status             string    // final, voluntary, proposed or under_revision
}

// A Section is a group of requirements.
type Section struct {
	ID, Title    string
	Requirements []*Requirement
}

// A Requirement is one thing the authority asks for.
type Requirement struct {
	ID             string // the authority's own citation
	Title          string
	Also           []string
	Designation    string // required, addressable, standard, voluntary or proposed
	Severity       Severity
	SeverityReason string
	Gate           Gate
	Profile        Profile
	EffectiveOn    time.Time // the day from which it is in effect; zero where the checklist names none
	Confidence     string    // high or medium; empty where the official text was read
	Guide          []string
	Question       string
	Why            string
	Checks         []Check
	Attested       bool
	Fix            Fix
	Evidence       []string
	DoesNotShow    string
	Maps           []string
	GAI            []string
	Note           string
	Pos            source.Pos
	file           *source.File // that holds it, which for an extended checklist is the base's
}

// A Fix says what to do about a gap.
type Fix struct{ Do, Who, Effort string }

// A Check is one question a requirement asks of the manifest or of each item of a list.
type Check struct {
	ID        string
	Practice  bool   // the source leaves it open; this is a common way to meet it
	Safeguard string // the key of safeguards it reads, if it does
	Pos       source.Pos
	Written   Written
	compiled
}

// Written are the expressions of a check and its sentence about a gap as their author wrote them, each empty when it
// was not written.
type Written struct{ Each, When, Assert, Safeguard, Gap source.Script }

// compiled is what Compile makes of what is Written.
type compiled struct {
	Each   *rule.Expr // nil: asked once, of the practice
	When   *rule.Expr // nil: always applies
	Assert *rule.Expr
	Gap    *rule.Template
}

// All are the requirements of every section, in order.
func (c *Checklist) All() []*Requirement {
	var all []*Requirement
	for _, s := range c.Sections {
		all = append(all, s.Requirements...)
	}
	return all
}

// Own are the requirements that the checklist's own file holds, without those of the one it extends.
func (c *Checklist) Own() []*Requirement {
	return slices.DeleteFunc(c.All(), func(r *Requirement) bool { return r.file != c.file })
}

// LeftOut are the requirements of the checklist it extends that c leaves out.
func (c *Checklist) LeftOut() []*Requirement {
	if c.Base == nil {
		return nil
	}
	return slices.DeleteFunc(c.Base.All(), func(r *Requirement) bool {
		kept, _ := c.Inherited(r.ID)
		return kept != nil
	})
}

// Stranger is the file of a checklist that has the id of one that ships with the program, in a version that doesn't; it
// is empty for any other.
func (c *Checklist) Stranger() string {
	if c.stranger {
		return c.file.Name
	}
	return ""
}

// Inherited returns a requirement that c took over from the checklist it extends, and what it was there: it may weigh
// more in c, and asks the same. Both are nil for a requirement that c states itself.
func (c *Checklist) Inherited(id string) (r, was *Requirement) {
	r, ok := c.Find(id)
	if !ok || c.Base == nil || r.file == c.file {
		return nil, nil
	}
	was, _ = c.Base.Find(id)
	return r, was
}

// Find returns the requirement with an id.
func (c *Checklist) Find(id string) (*Requirement, bool) {
	for _, r := range c.All() {
		if r.ID == id {
			return r, true
		}
	}
	return nil, false
}

// Compile compiles the rules of the requirements that profile asks for. All mistakes are in the source.Problems it
// returns as the error.
func (c *Checklist) Compile(l *rule.Language, profile Profile) error {
	var problems source.Problems
	note := func(file *source.File, err error) error {
		var p source.Problem
		if !errors.As(err, &p) {
			return err
		}
		problems = append(problems, file.Problem(p.Pos, p.Message, p.Hint))
		return nil
	}
	for _, r := range c.All() {
		if !profile.Includes(r.Profile) {
			continue
		}
		for i := range r.Checks {
			if err := note(r.file, r.Checks[i].compile(l, r.Designation)); err != nil {
				return fmt.Errorf("%s/%s: %w", r.ID, r.Checks[i].ID, err)
			}
		}
	}
	for i := range c.LookInto {
		p := &c.LookInto[i]
		if p.Written.Text != "" {
			var err error
			if p.When, err = l.Question(p.Written, nil); note(p.file, err) != nil {
				return fmt.Errorf("look_into %s: %w", p.ID, err)
			}
		}
	}
	return problems.Err()
}

func (c *Check) compile(l *rule.Language, designation string) (err error) {
	var subject *source.Type
	if c.Written.Each.Text != "" {
		if c.Each, subject, err = l.List(c.Written.Each); err != nil {
			return err
		}
	}
	if c.Written.When.Text != "" {
		if c.When, err = l.Question(c.Written.When, subject); err != nil {
			return err
		}
	}
	assert := c.assert(designation)
	if assert.Text == "" {
		return nil // Read reports that there is none
	}
	if c.Assert, err = l.Question(assert, subject); err != nil {
		return err
	}
	c.Gap, err = l.Sentence(c.Written.Gap.Text, c.Written.Gap.At(1, 0), subject)
	return err
}

// assert is the check's condition. A safeguard must be implemented; an addressable one may also be answered with an
// alternative or as not reasonable, with a rationale and a document (45 CFR 164.306(d)(3)).
func (c *Check) assert(designation string) source.Script {
	if c.Safeguard == "" {
		return c.Written.Assert
	}
	s := "safeguards." + c.Safeguard
	text := s + ".status == 'implemented'"
	if designation == "addressable" {
		text = fmt.Sprintf("(%s || %s.status in ['alternative', 'not_reasonable'] && !(%s.rationale in ['', 'none']) && %s.document != '')", text, s, s, s)
	}
	if also := c.Written.Assert.Text; also != "" {
		text += " && (" + also + ")"
	}
	return source.ScriptAt(text, c.Written.Safeguard.At(1, 0))
}

// Ordered words of a checklist.
type (
	Severity string // critical, high, medium, low
	Gate     string // before_phi, before_launch, operating
	Profile  string // core, standard, full
)

// The words, most important first for severities, earliest first for gates, smallest first for profiles.
var (
	Severities = []Severity{"critical", "high", "medium", "low"}
	Gates      = []Gate{"before_phi", "before_launch", "operating"}
	Profiles   = []Profile{"core", "standard", "full"}
)

// Rank is the place of a severity, 0 for critical.
func (s Severity) Rank() int { return slices.Index(Severities, s) }

// Rank is the place of a gate, 0 for before_phi.
func (g Gate) Rank() int { return slices.Index(Gates, g) }

// Title names the gate for people.
func (g Gate) Title() string {
	return map[Gate]string{"before_phi": "Before any PHI", "before_launch": "Before launch", "operating": "While operating"}[g]
}

// When says when the gate's requirements must hold, within a sentence.
func (g Gate) When() string {
	title := g.Title()
	return strings.ToLower(title[:1]) + title[1:]
}

// Includes reports whether the profile asks for requirements of another.
func (p Profile) Includes(other Profile) bool {
	return slices.Index(Profiles, other) <= slices.Index(Profiles, p)
}

// Says is the check's sentence about a gap, with … for each expression in it.
func (c *Check) Says() string {
	var words strings.Builder
	rest, found := c.Written.Gap.Text, true
	for found {
		var before string
		if before, rest, found = strings.Cut(rest, "{"); found {
			before += "…"
			_, rest, _ = strings.Cut(rest, "}")
		}
		words.WriteString(before)
	}
	return words.String()
}

// Rules are the check's expressions, for display.
func (c *Check) Rules() []string {
	var lines []string
	add := func(word string, s source.Script) {
		if s.Text != "" {
			lines = append(lines, word+" "+s.Text)
		}
	}
	add("for each of", c.Written.Each)
	add("where", c.Written.When)
	if c.Safeguard != "" {
		lines = append(lines, "safeguards."+c.Safeguard+" is answered")
	}
	add("must hold:", c.Written.Assert)
	return lines
}
