package checklist

import "readiness/internal/source"

type guideFile struct {
	Rows []guideRow `yaml:"rows" required:"true" doc:"The rows."`
}

type guideRow struct {
	ID    source.Text `yaml:"id" required:"true" doc:"The row."`
	Gate  source.Text `yaml:"gate" required:"true" enum:"before_phi before_launch operating none" doc:"When it must be settled."`
	Point source.Text `yaml:"point" required:"true" doc:"What must be settled."`
}

// A Row is a point of the practice guide that requirements cover.
type Row struct{ ID, Gate, Point string }

// GuideFile is the name of the practice guide in the shipped checklists.
const GuideFile = "guide/rows.yaml"

// ReadGuide parses the practice guide.
func ReadGuide(name string, data []byte) ([]Row, error) {
	var raw guideFile
	if _, err := source.Decode(name, data, source.TypeOf[guideFile](), &raw); err != nil {
		return nil, err
	}
	rows := make([]Row, len(raw.Rows))
	for i, r := range raw.Rows {
		rows[i] = Row{r.ID.Or(""), r.Gate.Or(""), r.Point.Or("")}
	}
	return rows, nil
}
