package picture_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"readiness/internal/assess"
	"readiness/internal/flow"
	"readiness/internal/manifest"
)

// example is the report of an example manifest, with nothing checked.
func example(t testing.TB, name string) *assess.Report {
	t.Helper()
	data, err := os.ReadFile("../../../examples/" + name + "/readiness.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := manifest.Decode("readiness.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	flow.Derive(doc)
	r, err := assess.Run(assess.Input{Doc: doc, AsOf: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// generated is a report of a practice with so many systems and one and a half times as many flows.
func generated(systems int, seed uint64) *assess.Report {
	r := rand.New(rand.NewPCG(seed, uint64(systems)))
	rep := &assess.Report{Practice: "Generated Family Medicine", AsOf: "2026-11-22"}
	inv := &rep.Inventory
	kinds := []string{"ehr", "model", "scribe", "application", "gateway", "log_store", "messaging", "scheduling", "workstation", "backup", "analytics"}
	vendors := max(2, systems/6)
	statuses := []string{"executed", "executed", "by_terms", "requested", "", "none"}
	for i := range vendors {
		inv.Vendors = append(inv.Vendors, assess.Vendor{ID: fmt.Sprint("v", i), Name: []string{"Northwind Cloud", "Acme", "Blue River Health Systems, Inc.", "Scribely", "Carepath"}[i%5] + fmt.Sprint(" ", i),
			BAA: statuses[r.IntN(len(statuses))], ReceivesPHI: []string{"true", "true", "undeclared", "false"}[r.IntN(4)]})
	}
	for i := range systems {
		s := assess.System{ID: fmt.Sprint("s", i), Kind: kinds[r.IntN(len(kinds))], ReceivesPHI: []string{"true", "true", "false", "undeclared"}[r.IntN(4)]}
		s.Name = fmt.Sprintf("%s %d", []string{"Note drafter", "Chart", "Front desk tablet", "Claude Opus 4.7", "Revenue cycle analytics warehouse", "Portal", "Call log"}[r.IntN(7)], i)
		if r.IntN(5) > 1 {
			s.Vendor = fmt.Sprint("v", r.IntN(vendors))
		}
		inv.Systems = append(inv.Systems, s)
	}
	node := func(near int) string {
		if r.IntN(12) == 0 {
			return []string{"patient", "workforce", "payer", "other_provider"}[r.IntN(4)]
		}
		return fmt.Sprint("s", (near+r.IntN(max(4, systems/4)))%systems)
	}
	for i := range systems * 3 / 2 {
		near := r.IntN(systems)
		inv.Flows = append(inv.Flows, assess.Flow{ID: fmt.Sprint("flow-", i+1), From: node(near), To: node(near), PHI: []string{"identified", "identified", "limited_data_set", "deidentified", "none", ""}[r.IntN(6)],
			Elements: []string{"name", "date_elements", "clinical_note"}[:r.IntN(4)]})
	}
	inv.Outputs = []assess.Output{{ID: "m", Reviewed: "false", Path: []string{"flow-2", "flow-5", "flow-9"}}}
	return rep
}
