package manifesttest

import (
	"fmt"
	"strings"

	"readiness/internal/source"
)

// head is what every manifest must have.
const head = "readiness: 1\nprofile: full\npractice: {name: P}\n"

// Crafted are manifests made up line by line, in which everything refers to everything, and files that are none: the part of
// Hostile that needs no model.
func Crafted() []Document {
	return []Document{
		{"bare lists, all of them", everything()},
		{"flows among two systems", knot(2)},
		{"flows among 20 systems", knot(20)},
		{"flows in a ring", knot(most("systems"))},
		{"flows whose use is known", served()},
		{"everyone trained in everything", trained()},
		{"everyone looked for among all users", users()},
		{"features in use and covered", features()},
		{"kept and promised", promises()},
		{"subprocessors in a ring", subprocessors()},
		{"one document many times", oneFile()},
		{"one long text", []byte(head + "deployment: {name: " + fill("x") + "}\n")},
		{"one long line like PHI", []byte(head + "deployment: {name: '" + fill("born 1/2/, 123-45-, mrn 12; ") + "'}\n")},
		{"lines like PHI", []byte(head + fill("# born 1/2/, 123-45-, mrn 12; born on\n"))},
		{"numbers like PHI", []byte(head + fill("# 123-45-678 ssn\n"))},
		{"comments", []byte(head + fill("#\n"))},
		{"blank lines", []byte(head + fill("\n"))},
		{"mistakes in one line", []byte(head + "people: [" + fill("{}, ") + "]\n")},
		{"unknown keys in one line", []byte(head + "deployment: {" + numbered(30_000, "stages#: 1, ") + "}\n")},
		{"unknown keys", []byte(head + numbered(28_000, "dta_flowz#: 1\n"))},
		{"30,000 keys in a map", []byte(head + "monitoring:\n  thresholds:\n" + numbered(30_000, "    k#: 1\n"))},
		{"one key 30,000 times", []byte(head + strings.Repeat("profile: core\n", 30_000))},
		{"ids that are none", []byte(head + "people:\n" + numbered(most("people"), "- {id: p#}\n") + "access:\n  grants:\n" +
			numbered(most("access.grants"), "  - {person: q#, system: s#}\n"))},
		{"brackets", []byte(fill("["))},
		{"dashes", []byte(fill("- "))},
		{"deep", []byte(deep(1000))},
		{"quotes", []byte(head + fill(`"`))},
		{"an open quote", []byte(head + `deployment: "` + fill("x\n"))},
		{"aliases of aliases", []byte(laughs())},
		{"aliases", []byte(head + "deployment: &a {name: [" + fill("*a,") + "]}\n")},
		{"anchors", []byte(head + "deployment: {name: [" + fill("&a x,") + "]}\n")},
		{"not UTF-8", []byte(fill("\xff"))},
		{"wide letters", []byte(head + "deployment: {name: '" + fill("診") + "'}\n")},
		{"text that steers a terminal", []byte(head + "deployment: {name: \"a\u202eb\"}\n")},
		{"NUL", []byte(head + "deployment: {name: \"a\x00b\"}\n")},
		{"a huge number", []byte(head + "incidents: {open: " + fill("9") + "}\n")},
		{"a huge day", []byte(head + "deployment: {first_phi_on: 99999999-99-99}\n")},
		{"a huge span", []byte(head + "vendors: [{id: a, retention: {records: 999999y}}]\n")},
		{"escapes", []byte(head + `deployment: {name: "` + fill(`\u202e`) + `"}` + "\n")},
		{"folded lines", []byte(head + "deployment:\n  name: >\n" + fill("    x\n"))},
	}
}

// fill repeats a unit up to the largest size there is, but for some space.
func fill(unit string) string { return strings.Repeat(unit, (source.MaxBytes-400)/len(unit)) }

// numbered writes a text n times, with each # as the number.
func numbered(n int, text string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(text, "#", fmt.Sprint(i)))
	}
	return b.String()
}

// list is a list of a manifest's top with as many items as it may have.
func list(name, item string) string { return name + ":\n" + numbered(most(name), item+"\n") }

// join is n items for between brackets.
func join(n int, item string) string { return strings.TrimSuffix(numbered(n, item+", "), ", ") }

// flows are as many as there may be among some systems, each of which can reach each. more is what is said of each.
func flows(systems int, more string) string {
	var b strings.Builder
	b.WriteString("data_flows:\n")
	for i := range most("data_flows") {
		fmt.Fprintf(&b, "- {id: f%d, from: s%d, to: s%d%s}\n", i, i%systems, (i+1+i/systems)%systems, more)
	}
	return b.String()
}

// everything is every list of things as long as it may be, with nothing said of any of them.
func everything() []byte {
	return []byte(head + list("people", "- {id: p#}") + list("vendors", "- {id: v#}") + list("systems", "- {id: s#, vendor: v0}") +
		list("use_cases", "- {id: u#}") + flows(most("systems"), "") + list("logging", "- {system: s0}") + list("prompts", "- {id: q#}") +
		list("risks", "- {id: r#}") + list("evidence", "- {id: e#}") +
		"access:\n  grants:\n" + numbered(most("access.grants"), "  - {person: p0, system: s0}\n") + "  keys:\n" + numbered(most("access.keys"), "  - {id: k#}\n") +
		"training:\n  courses:\n" + numbered(most("training.courses"), "  - {id: c#}\n") +
		"governance:\n  legal_register:\n" + numbered(most("governance.legal_register"), "  - {law: l#}\n"))
}

// knot is flows among some systems, of which nothing is known.
func knot(systems int) []byte {
	return []byte(head + list("vendors", "- {id: v#}") + "systems:\n" + numbered(systems, "- {id: s#, vendor: v0}\n") +
		list("use_cases", "- {id: u#, system: s0}") + flows(systems, "") + list("logging", "- {system: s0}"))
}

// served is flows that belong to one use, with text in all of them.
func served() []byte {
	return []byte(head + list("vendors", "- {id: v#, baa: {status: executed}}") + "systems:\n" + numbered(50, "- {id: s#, vendor: v#, kind: model}\n") +
		list("use_cases", "- {id: u#, system: s#, kind: scheduling}") + flows(50, ", use_case: u0, phi: identified, elements: [name, audio], transport: {protocol: sms}"))
}

// trained is everyone trained in everything.
func trained() []byte {
	courses := most("training.courses")
	return []byte(head + "training:\n  courses:\n" + numbered(courses, "  - {id: c#, valid_for: 1y}\n") + "people:\n" +
		strings.ReplaceAll(numbered(most("people"), "- {id: p#, trained: {@}}\n"), "@", join(courses, "c#: 2026-01-01")))
}

// users is uses with as many users as there may be, and more people than that, each of whom may be one.
func users() []byte {
	people, n := most("people"), most("use_cases.users")
	return []byte(head + list("people", "- {id: p#, status: active}") +
		strings.ReplaceAll(list("use_cases", "- {id: u#, status: live, users: [@]}"), "@", join(min(n, people), "p#")) +
		"systems: [{id: s0}]\naccess: {grants: [{person: p0, system: s0}]}\n")
}

// features is an agreement that covers and leaves out many things, and flows that use many others.
func features() []byte {
	uses, covers := join(most("data_flows.features"), "a#"), join(most("vendors.baa.covers.features"), "b#")
	return []byte(head + "vendors:\n- {id: v, baa: {status: executed, covers: {features: [" + covers + "]}, excludes: {features: [" + covers + "]}}}\n" +
		"systems:\n- {id: s0, vendor: v}\n- {id: s1, vendor: v}\n" + flows(2, ", phi: identified, features: ["+uses+"]"))
}

// promises is vendors that keep much, and promise to keep nothing but much else.
func promises() []byte {
	n := most("vendors.retention")
	vendor := "- {id: v#, zero_data_retention: {status: active, exceptions: [@a], overrides: [@b]}, retention: {@c}}"
	return []byte(head + strings.NewReplacer("@a", join(n, "a#"), "@b", join(n, "b#"), "@c", join(n, "c#: 1y")).Replace(list("vendors", vendor)))
}

func subprocessors() []byte {
	return []byte(head + strings.ReplaceAll(list("vendors", "- {id: v#, subprocessors: [@]}"), "@", join(most("vendors.subprocessors"), "{name: v#}")))
}

func oneFile() []byte {
	return []byte(head + list("evidence", "- {id: e#, file: large.json, sha256: '"+strings.Repeat("0", 64)+"'}"))
}

func deep(levels int) string {
	var b strings.Builder
	for i := range levels {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// laughs is 300 bytes that would have a billion items if aliases were followed.
func laughs() string {
	text := head + "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'i'; c++ {
		text += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c, ", c-1), 9), ", "))
	}
	return text
}
