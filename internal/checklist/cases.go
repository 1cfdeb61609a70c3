package checklist

import (
	"sync"
	"time"

	"readiness/internal/source"
)

type caseFile struct {
	Checklist source.Text `yaml:"checklist" required:"true" doc:"The checklist the cases are of."`
	AsOf      source.Date `yaml:"as_of" required:"true" doc:"The day the cases are judged as of."`
	Base      source.Text `yaml:"base" required:"true" doc:"The manifest that cases start from, relative to this file."`
	Cases     []rawCase   `yaml:"cases" most:"2000" required:"true" doc:"The cases."`
}

type rawCase struct {
	Name    source.Text            `yaml:"name" required:"true" doc:"What the case shows."`
	With    source.Part            `yaml:"with" doc:"A fragment laid over the base."`
	Without []source.Text          `yaml:"without" doc:"Paths removed from the base."`
	Want    map[string]source.Text `yaml:"want" most:"500" required:"true" enum:"met attested gap undeclared not_applicable" doc:"The outcome of each requirement, or requirement/check."`
}

// Cases are the tests of a checklist.
type Cases struct {
	Checklist string
	AsOf      time.Time
	Base      string // the manifest they start from, relative to the cases' file
	BasePos   source.Pos
	Cases     []Case
}

// A Case is a change to the base manifest and the outcomes it must have.
type Case struct {
	Name    string
	Pos     source.Pos
	With    source.Raw
	Without []string
	Want    map[string]string // by requirement, or requirement/check
}

var caseType = sync.OnceValue(source.TypeOf[caseFile])

// ReadCases parses a file of cases.
func ReadCases(name string, data []byte) (*Cases, error) {
	var raw caseFile
	if _, err := source.Decode(name, data, caseType(), &raw); err != nil {
		return nil, err
	}
	out := &Cases{Checklist: raw.Checklist.Or(""), AsOf: raw.AsOf.Or(time.Time{}), Base: raw.Base.Or(""), BasePos: raw.Base.Pos()}
	for i := range raw.Cases {
		c := &raw.Cases[i]
		with, _ := c.With.Get()
		want := map[string]string{}
		for id, outcome := range c.Want {
			want[id] = outcome.Or("")
		}
		out.Cases = append(out.Cases, Case{c.Name.Or(""), c.Name.Pos(), with, source.Texts(c.Without), want})
	}
	return out, nil
}
