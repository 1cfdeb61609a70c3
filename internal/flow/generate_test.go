package flow_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A maker writes random manifests: graphs with cycles, loops and parallel flows, in which any fact may be missing.
type maker struct {
	*rand.Rand
	strings.Builder
	gaps float64 // how often a fact is left out
}

// pick is one of the words.
func (m *maker) pick(words ...string) string { return words[m.IntN(len(words))] }

// fact writes a key with one of the values, or leaves it out.
func (m *maker) fact(key string, values ...string) string {
	if m.Float64() < m.gaps {
		return ""
	}
	return ", " + key + ": " + m.pick(values...)
}

// words is a list of some of the words.
func (m *maker) words(words ...string) string {
	var some []string
	for _, w := range words {
		if m.IntN(3) == 0 {
			some = append(some, w)
		}
	}
	return "[" + strings.Join(some, ", ") + "]"
}

// make writes a manifest with some vendors, systems, use cases and flows.
func (m *maker) make(vendors, systems, uses, flows int) string {
	m.WriteString("readiness: 1\npractice: {name: P" + m.fact("data_regions", "[us]", "[]", "[us, eu]") + "}\n")
	m.WriteString("deployment: {name: D" + m.fact("first_phi_on", "2026-01-01", "2026-03-01") + "}\nvendors:\n")
	for i := range vendors {
		m.vendor(i)
	}
	m.WriteString("systems:\n")
	for i := range systems {
		m.system(i, vendors)
	}
	m.WriteString("use_cases:\n")
	for i := range uses {
		fmt.Fprintf(m, "  - {id: u%d%s%s%s%s, review: {x: 0%s%s%s}}\n", i, m.fact("kind", "visit_note", "coding_support", "scheduling"),
			m.fact("system", m.node(systems, false)), m.fact("status", "live", "live", "retired"), m.fact("first_phi_on", "2026-01-01", "2026-03-01"),
			m.fact("required", "true", "false"), m.fact("by", "licensed_clinician", "staff", "none"), m.fact("before", "record", "send"))
	}
	m.WriteString("data_flows:\n")
	for i := range flows {
		m.flow(i, systems, uses)
	}
	m.WriteString("logging:\n")
	for i := range min(systems, 3) {
		fmt.Fprintf(m, "  - {system: s%d%s%s%s}\n", i, m.fact("enabled", "true", "false"), m.fact("content", "none", "metadata", "redacted", "full"),
			m.fact("stored_in", m.node(systems, false)))
	}
	return strings.NewReplacer("x: 0, ", "", "{x: 0}", "{}").Replace(m.String())
}

func (m *maker) node(systems int, outside bool) string {
	if outside && m.IntN(4) == 0 {
		return m.pick("patient", "workforce", "payer", "other_provider")
	}
	return fmt.Sprintf("s%d", m.IntN(systems))
}

func (m *maker) vendor(i int) {
	fmt.Fprintf(m, "  - {id: v%d%s%s, plan: {x: 0%s}, baa: {x: 0%s%s, activation: {x: 0%s%s}, covers: {x: 0%s%s%s}, excludes: {x: 0%s%s}}", i,
		m.fact("role", "model_provider", "ehr", "cloud"), m.fact("account", "a", "b"), m.fact("tier", "api", "consumer"),
		m.fact("status", "executed", "by_terms", "requested", "none", "not_required"), m.fact("effective_on", "2026-01-01", "2026-02-01", "2026-04-01"),
		m.fact("required", "true", "false"), m.fact("done_on", "2026-01-01", "2026-04-01"),
		m.fact("features", m.words("f", "g", "h")), m.fact("models", m.words("big", "small")), m.fact("accounts", "[a]", "[]"),
		m.fact("features", m.words("f", "g")), m.fact("models", m.words("big", "small")))
	fmt.Fprintf(m, ", retention: {x: 0%s%s}", m.fact("inputs", "none", "30d"), m.fact("outputs", "none", "30d"))
	fmt.Fprintf(m, ", zero_data_retention: {x: 0%s%s%s}}\n", m.fact("status", "active", "active", "requested", "none"),
		m.fact("overrides", m.words("inputs", "f")), m.fact("exceptions", m.words("inputs", "outputs")))
}

func (m *maker) system(i, vendors int) {
	vendor := ""
	if m.IntN(2) == 0 {
		vendor = m.fact("vendor", fmt.Sprintf("v%d", m.IntN(vendors)))
	}
	fmt.Fprintf(m, "  - {id: s%d%s%s%s%s%s%s}\n", i, vendor, m.fact("kind", "ehr", "model", "model", "scribe", "application", "gateway", "log_store", "backup"),
		m.fact("status", "live", "retired"), m.fact("holds_phi", "true", "false", "false"), m.fact("region", "us", "eu"), m.fact("model", "big", "small"))
}

func (m *maker) flow(i, systems, uses int) {
	fmt.Fprintf(m, "  - {id: f%d, from: %s, to: %s%s%s%s%s, transport: {x: 0%s%s}, deidentification: {x: 0%s}%s%s%s}\n", i, m.node(systems, true), m.node(systems, true),
		m.fact("use_case", fmt.Sprintf("u%d", m.IntN(uses))), m.fact("phi", "identified", "identified", "limited_data_set", "deidentified", "none"),
		m.fact("elements", m.words("name", "date_elements", "clinical_note", "audio", "plan")), m.fact("features", m.words("f", "g", "h")),
		m.fact("protocol", "https", "email", "sms"), m.fact("encrypted", "true", "false"), m.fact("method", "safe_harbor", "expert_determination"),
		m.fact("authentication", "sso", "shared"), m.fact("writes", "draft", "final"), m.fact("reviewed_by", "licensed_clinician", "staff", "none"))
}

// generate writes the manifest of a seed.
func generate(seed uint64, vendors, systems, uses, flows int) string {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, 0)), gaps: []float64{0, 0.02, 0.1, 0.3}[seed%4]}
	return m.make(vendors, systems, uses, flows)
}
