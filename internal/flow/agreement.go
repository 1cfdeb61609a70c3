package flow

import (
	"slices"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

// agreements compares what PHI flows do with what each vendor's agreement covers and promises.
func (p *problems) agreements() {
	for i := range p.doc.Vendors {
		v := &p.doc.Vendors[i]
		flows := []string{}
		t := termsOf(v)
		for _, s := range p.runs[v.ID.Or("")] {
			flows = append(flows, p.phiInto(s)...)
			for _, f := range p.into[s.ID.Or("")] {
				p.scope(t, s, f)
			}
		}
		p.account(v, flows)
		p.tooEarly(v)
		p.keptAnyway(v, flows)
		p.consumerPlan(v, flows)
	}
}

// of is the path of a key of a vendor.
func of(v *manifest.Vendor, key string) string { return path("vendors", v.ID, key) }

func vendorName(v *manifest.Vendor) string { return v.Name.Or(v.ID.Or("")) }

// agreed is the part of a claim that an agreement with a vendor exists.
func agreed(v *manifest.Vendor) claim {
	status, declared := v.BAA.Status.Get()
	return claims(slices.Contains([]string{"executed", "click_accepted", "by_terms"}, status), declared, of(v, "baa.status"))
}

// terms are what the agreement with a vendor covers and leaves out.
type terms struct {
	vendor           *manifest.Vendor
	covers, excludes list
}

func termsOf(v *manifest.Vendor) *terms {
	return &terms{v,
		list{notCovered, itemsOf(v.BAA.Covers.Features, of(v, "baa.covers.features"), asWritten), itemsOf(v.BAA.Covers.Models, of(v, "baa.covers.models"), asWritten), false},
		list{excluded, itemsOf(v.BAA.Excludes.Features, of(v, "baa.excludes.features"), source.FoldName), itemsOf(v.BAA.Excludes.Models, of(v, "baa.excludes.models"), source.FoldName), true}}
}

// scope compares one flow into a vendor's system with what the agreement covers and leaves out.
func (p *problems) scope(t *terms, s *manifest.System, f *manifest.DataFlow) {
	v := t.vendor
	phi, declared := carriesPHI(f)
	c := claims(phi, declared, at(f, "phi"))
	status, declared := v.BAA.Status.Get()
	c.part(status != "not_required", declared, of(v, "baa.status"))
	if c.void {
		return
	}
	u := usage{p, v, f, c}
	u.things(s, &t.excludes)
	if agreed(v).void || !declared {
		u.add(notCovered, f.ID, "", c, []string{f.ID.Or("")}, "%s takes PHI to %s, %s", f.ID.Or(""), vendorName(v), lacking(status))
		return
	}
	u.things(s, &t.covers)
}

// lacking tells of an agreement that isn't there.
func lacking(status string) string {
	if status == "requested" {
		return "where an agreement is only requested"
	}
	return "where no agreement is in place"
}

// A list is what an agreement covers or leaves out.
type list struct {
	kind             string // of the problem
	features, models items
	out              bool // whether it is a problem to be on the list, or not to be
}

// items are the words of one list of a manifest.
type items struct {
	at             string // its path
	declared, open bool   // whether there is a list, and whether one of its items is undeclared
	words          map[string]bool
	spelt          func(string) string // a word as it is compared: what is left out is so however it is written
}

func asWritten(word string) string { return word }

func itemsOf(cells []source.Text, at string, spelt func(string) string) items {
	on := items{at: at, declared: cells != nil, words: make(map[string]bool, len(cells)), spelt: spelt}
	for _, c := range cells {
		if word, ok := c.Get(); ok {
			on.words[spelt(word)] = true
		} else {
			on.open = true
		}
	}
	return on
}

// has is the fact that a thing, declared at a path, is among the items.
func (on *items) has(name source.Text, where string) *fact {
	var f fact
	f.say(false, on.declared, on.at)
	word, declared := name.Get()
	switch {
	case declared && on.words[on.spelt(word)]:
		f.say(true, true, on.at)
	case on.open:
		f.say(false, false, on.at)
	}
	if !declared && len(on.words) > 0 {
		f.say(false, false, where)
	}
	return &f
}

// A usage is one flow of PHI to a vendor, with the claim that it is one.
type usage struct {
	*problems
	vendor *manifest.Vendor
	flow   *manifest.DataFlow
	claim  claim
}

// things compares the features and the model that the flow uses with a list.
func (u usage) things(s *manifest.System, l *list) {
	features := at(u.flow, "features")
	if u.flow.Features == nil {
		u.thing(l, "feature", source.Text{}, u.claim, features, &l.features)
	}
	for _, feature := range u.flow.Features {
		u.thing(l, "feature", feature, u.claim, features, &l.features)
	}
	var runs claim
	runs.fact(u.running[s.ID.Or("")], true)
	if model := u.claim.also(runs); !model.void {
		u.thing(l, "model", s.Model, model, path("systems", s.ID, "model"), &l.models)
	}
}

// thing notes one thing in use, declared at a path, that is on a list and shouldn't be, or isn't and should.
func (u usage) thing(l *list, what string, name source.Text, c claim, where string, on *items) {
	word, declared := name.Get()
	is := claims(true, declared, where)
	if is.fact(on.has(name, where), l.out); c.void || is.void {
		return
	}
	c = c.also(is)
	verdict, more := "does not cover", what
	if l.out {
		verdict = "leaves out"
	}
	if declared {
		more += "-" + word
	}
	u.add(l.kind, u.flow.ID, more, c, []string{u.flow.ID.Or("")}, "%s takes PHI to %s by %s its agreement %s",
		u.flow.ID.Or(""), vendorName(u.vendor), which(what, name), verdict)
}

// which leads from a thing, by its name if it is declared, to what is said of it.
func which(what string, name source.Text) string {
	if word, ok := name.Get(); ok {
		return "the " + what + " " + word + ", which"
	}
	if what == "account" {
		return "an account that"
	}
	return "a " + what + " that"
}

// account finds an account that the agreement doesn't name, where it is of the kind that names accounts.
func (p *problems) account(v *manifest.Vendor, flows []string) {
	c := agreed(v)
	c.flag(v.ReceivesPHI)
	c.fact(p.namesAccounts(v), true)
	account, declared := v.Account.Get()
	c.part(true, declared, of(v, "account"))
	accounts := of(v, "baa.covers.accounts")
	c.part(true, v.BAA.Covers.Accounts != nil, accounts)
	for _, a := range v.BAA.Covers.Accounts {
		covered, known := a.Get()
		c.part(!declared || covered != account, known, accounts)
	}
	p.add(notCovered, v.ID, "account", c, flows, "PHI goes to %s%s in %s its agreement does not cover",
		vendorName(v), by(flows), which("account", v.Account))
}

// namesAccounts reports whether a vendor is one whose agreement holds for named accounts: whoever runs models, or what
// they run on.
func (p *problems) namesAccounts(v *manifest.Vendor) *fact {
	var f fact
	role, declared := v.Role.Get()
	f.say(slices.Contains([]string{"model_provider", "platform", "cloud", "gateway"}, role), declared, of(v, "role"))
	for _, s := range p.runs[v.ID.Or("")] {
		f.merge(*p.running[s.ID.Or("")], path("systems", s.ID, "vendor"))
	}
	return &f
}

// tooEarly finds uses whose first PHI is sent before the agreement is in effect, or switched on.
func (p *problems) tooEarly(v *manifest.Vendor) {
	uses := map[string][]*manifest.DataFlow{}
	var order []string
	for _, s := range p.runs[v.ID.Or("")] {
		for _, f := range p.into[s.ID.Or("")] {
			u := f.UseCase.Or("")
			if uses[u] == nil {
				order = append(order, u)
			}
			uses[u] = append(uses[u], f)
		}
	}
	for _, u := range order {
		p.tooEarlyFor(v, u, uses[u])
	}
}

// tooEarlyFor compares the first day of one use, or of flows whose use nobody names, with the agreement.
func (p *problems) tooEarlyFor(v *manifest.Vendor, use string, hops []*manifest.DataFlow) {
	c := agreed(v)
	var carries fact
	flows := []string{}
	for _, f := range hops {
		phi, declared := carriesPHI(f)
		carries.say(phi, declared, at(f, "phi"))
		if phi || !declared {
			flows = append(flows, f.ID.Or(""))
		}
	}
	c.fact(&carries, true)
	first, where := source.Date{}, at(hops[0], "use_case")
	if u := p.uses[use]; u != nil {
		first, where = u.FirstPHIOn, path("use_cases", u.ID, "first_phi_on")
	}
	var early fact
	b := &v.BAA
	after(&early, b.EffectiveOn, first, of(v, "baa.effective_on"), where)
	if required, declared := b.Activation.Required.Get(); declared && required {
		after(&early, b.Activation.DoneOn, first, of(v, "baa.activation.done_on"), where)
	} else if !declared {
		var late fact
		after(&late, b.Activation.DoneOn, first, of(v, "baa.activation.done_on"), where)
		early.say(false, !late.yes && len(late.missing) == 0, of(v, "baa.activation.required"))
	}
	c.fact(&early, true)
	if c.void {
		return
	}
	p.add(tooEarly, v.ID, use, c, flows, "PHI goes to %s%s before its agreement is in effect%s", vendorName(v), by(flows), days(first, b))
}

// days tells when the first PHI is sent and when an agreement takes effect, as far as both are declared.
func days(first source.Date, b *manifest.BAA) string {
	if !first.Declared() || !b.EffectiveOn.Declared() {
		return ""
	}
	words := ": the first on " + first.String() + ", and the agreement begins on " + b.EffectiveOn.String()
	if b.Activation.Required.Or(false) && b.Activation.DoneOn.Declared() {
		words += ", switched on on " + b.Activation.DoneOn.String()
	}
	return words
}

// after says whether a day comes after the first.
func after(f *fact, day, first source.Date, dayAt, firstAt string) {
	d, dayKnown := day.Get()
	e, firstKnown := first.Get()
	if !firstKnown {
		f.say(false, false, firstAt)
	}
	f.say(firstKnown && d.After(e), dayKnown, dayAt)
}

// keptAnyway finds a vendor that is said to keep nothing, and to keep something that is no exception.
func (p *problems) keptAnyway(v *manifest.Vendor, flows []string) {
	zdr := &v.ZDR
	status, declared := zdr.Status.Get()
	c := claims(status == "active", declared, of(v, "zero_data_retention.status"))
	c.flag(v.ReceivesPHI)
	for _, artifact := range artifacts(v) {
		where := of(v, "retention["+artifact+"]")
		kept, declared := v.Retention[artifact].Get()
		if v.Retention == nil {
			where = of(v, "retention")
		}
		d := c.also(claims(kept > 0, declared, where))
		named(&d, zdr.Exceptions, artifact, of(v, "zero_data_retention.exceptions"))
		named(&d, zdr.Overrides, artifact, of(v, "zero_data_retention.overrides"))
		long := ""
		if declared {
			long = " for " + kept.String()
		}
		p.add(keptAnyway, v.ID, artifact, d, flows, "PHI goes to %s%s under zero data retention, and %s keeps %s%s",
			vendorName(v), by(flows), vendorName(v), words(artifact), long)
	}
}

// artifacts are the names under which a vendor's retention is declared, and those under which it must be.
func artifacts(v *manifest.Vendor) []string {
	names := []string{"inputs", "outputs"}
	for name := range v.Retention {
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// named voids a claim where a list names a thing, and leaves it open where the list isn't declared.
func named(c *claim, list []source.Text, thing, where string) {
	c.part(true, list != nil, where)
	for _, item := range list {
		word, declared := item.Get()
		c.part(word != thing, declared, where)
	}
}

// consumerPlan finds PHI at a vendor whose plan is made for consumers.
func (p *problems) consumerPlan(v *manifest.Vendor, flows []string) {
	var c claim
	c.flag(v.ReceivesPHI)
	tier, declared := v.Plan.Tier.Get()
	c.part(tier == "consumer", declared, of(v, "plan.tier"))
	p.add(consumerPlan, v.ID, "", c, flows, "PHI goes to %s%s on the plan %s, which is a consumer plan", vendorName(v), by(flows), v.Plan.Name.Or("in use"))
}
