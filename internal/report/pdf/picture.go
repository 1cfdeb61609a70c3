package pdf

import (
	"fmt"

	"readiness/internal/report/outline"
)

// picture draws the data flows.
func (p *printer) picture(b outline.Picture) {
	p.table(hops(b))
	p.say(text(b.Caption), smallLook.in(quiet), left, measure)
	p.y += 6
}

// pictureStart is the height of the least of a picture that has to stand together.
func (p *printer) pictureStart(b outline.Picture) float64 { return p.tableStart(hops(b)) }

// hops is the picture in words: a row for each flow.
func hops(b outline.Picture) outline.Table {
	names := map[string]string{}
	for _, n := range b.Nodes {
		names[n.ID] = n.Name
	}
	t := outline.Table{Caption: b.Caption, Columns: []outline.Column{{Title: "Flow", Width: 6, Number: true}, {Title: "From", Width: 24},
		{Title: "To", Width: 24}, {Title: "What it carries", Width: 46}}}
	for _, e := range b.Edges {
		carries := outline.Lines{text(e.Label)}
		if e.Problem {
			carries = append(carries, outline.Text{{Text: "On the way of a finding", Mark: outline.Bad}})
		}
		t.Rows = append(t.Rows, outline.Row{Cells: []outline.Lines{{text(fmt.Sprint(e.Number))}, {text(names[e.From])}, {text(names[e.To])}, carries}})
	}
	return t
}
