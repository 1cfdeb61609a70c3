package checklist

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"readiness/internal/source"
)

// fileType is made when the first file is read: what is compiled needs none.
var fileType = sync.OnceValue(source.TypeOf[file])

// Read parses a checklist file. All of its mistakes are in the source.Problems it returns as the error. Where it is YAML,
// what could be read of the checklist is returned beside them. Its rules are not compiled yet.
func Read(name string, data []byte) (*Checklist, error) {
	var raw file
	f, err := source.Decode(name, data, fileType(), &raw)
	if f == nil {
		return nil, err
	}
	var mistakes source.Problems // of form
	errors.As(err, &mistakes)
	sum := sha256.Sum256(data)
	c := &Checklist{
		ID: raw.Checklist.Or(""), Version: raw.Version.Or(""), Title: raw.Title.Or(""),
		Source: Source{raw.Source.Name.Or(""), raw.Source.Edition.Or(""), raw.Source.URL.Or(""),
			raw.Source.Retrieved.Or(time.Time{}), raw.Source.Status.Or("")},
		ReviewedOn: raw.ReviewedOn.Or(time.Time{}), ReviewBy: raw.ReviewBy.Or(time.Time{}),
		Digest: hex.EncodeToString(sum[:]), file: f, extends: raw.Extends, partial: len(mistakes) > 0,
	}
	for i := range raw.Sections {
		s := Section{ID: raw.Sections[i].ID.Or(""), Title: raw.Sections[i].Title.Or("")}
		for n := range raw.Sections[i].Requirements {
			if it := &raw.Sections[i].Requirements[n]; it.ID.Declared() {
				r := requirement(it)
				r.file = f
				s.Requirements = append(s.Requirements, r)
			}
		}
		c.Sections = append(c.Sections, s)
	}
	for i := range raw.NotCovered {
		o := &raw.NotCovered[i]
		c.NotCovered = append(c.NotCovered, Omission{o.Cite.Or(""), o.Title.Or(""), o.Reason.Or(""), o.Cite.Pos()})
	}
	for i := range raw.LookInto {
		p := &raw.LookInto[i]
		c.LookInto = append(c.LookInto, Pointer{ID: p.ID.Or(""), Title: p.Title.Or(""), Why: p.Why.Or(""), Written: p.When.Or(source.Script{}), file: f})
	}
	c.leaveOut(mistakes)
	return c, c.consistent(raw, mistakes).Err()
}

// leaveOut takes out the checks in which mistakes are: those that begin last before one. What is left of them would only
// lead to more of the same.
func (c *Checklist) leaveOut(mistakes source.Problems) {
	begin := map[int]bool{}
	for _, r := range c.All() {
		begin[r.Pos.Line] = true
		for i := range r.Checks {
			begin[r.Checks[i].Pos.Line] = true
		}
	}
	wrong := map[int]bool{}
	for _, m := range mistakes {
		line := m.Pos.Line
		for line > 0 && !begin[line] {
			line--
		}
		wrong[line] = true
	}
	for _, r := range c.All() {
		r.Checks = slices.DeleteFunc(r.Checks, func(check Check) bool { return wrong[check.Pos.Line] || !check.Pos.IsValid() })
	}
}

func requirement(it *item) *Requirement {
	r := &Requirement{
		ID: it.ID.Or(""), Title: it.Title.Or(""), Also: source.Texts(it.Also), Designation: it.Designation.Or(""),
		Severity: Severity(it.Severity.Or("")), SeverityReason: it.SeverityReason.Or(""),
		Gate: Gate(it.Gate.Or("")), Profile: Profile(it.Profile.Or("")),
		EffectiveOn: it.EffectiveOn.Or(time.Time{}), Confidence: it.Confidence.Or(""), Guide: source.Texts(it.Guide),
		Question: it.Question.Or(""), Why: it.Why.Or(""), Attested: it.Attested.Or(false),
		Fix:      Fix{it.Fix.Do.Or(""), it.Fix.Who.Or(""), it.Fix.Effort.Or("")},
		Evidence: source.Texts(it.Evidence), DoesNotShow: it.DoesNotShow.Or(""), Maps: source.Texts(it.Maps), GAI: source.Texts(it.GAI),
		Note: it.Note.Or(""), Pos: it.ID.Pos(),
	}
	for _, raw := range it.Checks {
		r.Checks = append(r.Checks, Check{ID: raw.ID.Or(""), Practice: raw.Basis.Or("rule") == "practice",
			Safeguard: raw.Safeguard.Or(""), Pos: raw.ID.Pos(), Written: Written{
				Each: raw.Each.Or(source.Script{}), When: raw.When.Or(source.Script{}), Assert: raw.Assert.Or(source.Script{}),
				Safeguard: words(raw.Safeguard), Gap: words(raw.Gap)}})
	}
	return r
}

// words is what a cell says, with its place.
func words(cell source.Text) source.Script { return source.ScriptAt(cell.Or(""), cell.Pos()) }

// consistent adds to the mistakes of form what the types don't show.
func (c *Checklist) consistent(raw file, mistakes source.Problems) source.Problems {
	problems := mistakes
	report := func(pos source.Pos, message, hint string) {
		problems = append(problems, c.file.Problem(pos, message, hint))
	}
	if _, ok := parseVersion(c.Version); !ok && raw.Version.Declared() {
		report(raw.Version.Pos(), fmt.Sprintf("%q is not a version", c.Version), "write major.minor.patch, such as 1.0.0")
	}
	seen := map[string]source.Pos{}
	for _, r := range c.All() {
		told := slices.ContainsFunc(mistakes, func(m source.Problem) bool { return m.Pos == r.Pos })
		if first, twice := seen[r.ID]; twice && !told {
			report(r.Pos, fmt.Sprintf("the requirement %q is already in line %d", r.ID, first.Line), "add its checks to that one")
		}
		seen[r.ID] = r.Pos
		if len(r.Checks) == 0 && !r.Attested && !c.partial {
			report(r.Pos, "a requirement without a check", "add a check, or attested: true")
		}
		for _, check := range r.Checks {
			if check.Written.Assert.Text == "" && check.Safeguard == "" {
				report(check.Pos, "a check without assert or safeguard", "say what must hold")
			}
		}
	}
	if len(seen) == 0 && !raw.Extends.Of.Declared() && !c.partial {
		report(c.top(), "no requirements", "add at least one")
	}
	return problems
}

// top is the beginning of the file, for what has no place of its own.
func (c *Checklist) top() source.Pos { return source.Pos{File: c.file.Name, Line: 1, Col: 1} }
