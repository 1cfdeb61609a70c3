package main

import (
	"fmt"
	"strings"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

// A fact is what one rule asks for: that a key has a value, of the practice or of each item of a list.
type fact struct {
	list  string // "" for the practice
	key   string
	value string // as it is written in an expression
}

// facts are the table that the rules of every tool are made from: a safeguard each, and then some of each list.
func facts() []fact {
	var all []fact
	for _, f := range source.FieldAt(manifest.Type(), "safeguards").Type.Fields {
		if len(all) < 80 {
			all = append(all, fact{"", "safeguards." + f.Key + ".status", `"implemented"`})
		}
	}
	return append(all, []fact{
		{"vendors", "baa.status", `"executed"`}, {"vendors", "training_use", `"prohibited"`},
		{"systems", "encrypted_at_rest", "true"}, {"systems", "status", `"live"`}, {"systems", "region", `"us"`},
		{"data_flows", "transport.encrypted", "true"}, {"data_flows", "phi", `"identified"`}, {"data_flows", "purpose", `"treatment"`},
		{"people", "status", `"active"`}, {"people", "licensed", "true"},
		{"use_cases", "status", `"live"`}, {"use_cases", "review.required", "true"}, {"use_cases", "review.can_override", "true"},
		{"use_cases", "phi", "true"}, {"use_cases", "audience", `"workforce"`},
		{"logging", "enabled", "true"}, {"logging", "encrypted", "true"}, {"logging", "tamper_protection", "true"},
		{"risks", "status", `"treated"`}, {"risks", "likelihood", `"unlikely"`},
	}...)
}

// checklist is the rules as a checklist.
func checklist() string {
	var b strings.Builder
	b.WriteString("checklist: bench\nversion: 1.0.0\ntitle: The rules of the benchmark\nsource: {name: Benchmark, edition: \"1\", status: voluntary}\n" +
		"reviewed_on: 2026-01-01\nreview_by: 2027-12-31\nsections:\n  - id: all\n    title: All\n    requirements:\n")
	for i, f := range facts() {
		each, subject := "", ""
		if f.list != "" {
			each, subject = "each: "+f.list+", ", "it."
		}
		fmt.Fprintf(&b, "      - {id: R-%03d, title: %s, designation: voluntary, severity: low, severity_reason: r, gate: before_phi, profile: core,\n"+
			"         question: q, why: w, checks: [{id: c, %sassert: '%s%s == %s', gap: it is not}], fix: {do: d, who: it, effort: hours}}\n", i+1, f.key, each, subject, f.key, f.value)
	}
	return b.String()
}

// rego is the rules as a policy. What is not there fails it, as what is not declared fails a checklist.
func rego() string {
	var b strings.Builder
	b.WriteString("package main\n\nimport rego.v1\n")
	for i, f := range facts() {
		if f.list == "" {
			fmt.Fprintf(&b, "\ndeny contains msg if {\n\tnot input.%s == %s\n\tmsg := \"R-%03d\"\n}\n", f.key, f.value, i+1)
			continue
		}
		fmt.Fprintf(&b, "\ndeny contains msg if {\n\tsome i, it in input.%s\n\tnot it.%s == %s\n\tmsg := sprintf(\"R-%03d %%d\", [i])\n}\n", f.list, f.key, f.value, i+1)
	}
	return b.String()
}
