package flow

import "readiness/internal/manifest"

// nodes looks at each system: what it stores, where it runs, and whether anything reaches it.
func (p *problems) nodes() {
	for i := range p.doc.Systems {
		s := &p.doc.Systems[i]
		p.storeContent(s)
		p.outsideRegions(s)
		p.isolated(s)
		p.noAgreement(s)
	}
	p.logContent()
	p.unreachedLogs()
}

// phiInto are the flows by which PHI enters a system, or may.
func (p *problems) phiInto(s *manifest.System) []string {
	flows := []string{}
	for _, f := range p.into[s.ID.Or("")] {
		if phi, declared := carriesPHI(f); phi || !declared {
			flows = append(flows, f.ID.Or(""))
		}
	}
	return flows
}

// by names the flows of a way, if there are any.
func by(flows []string) string {
	if len(flows) == 0 {
		return ""
	}
	return " by " + naming(flows)
}

// storeContent finds a log store or backup that PHI reaches, by a flow or in a log, and that is declared to hold none.
func (p *problems) storeContent(s *manifest.System) {
	kind, declared := s.Kind.Get()
	c := claims(kind == "log_store" || kind == "backup", declared, path("systems", s.ID, "kind"))
	c.fact(p.arrives(s), true)
	holds, declared := s.HoldsPHI.Get()
	c.part(!holds, declared, path("systems", s.ID, "holds_phi"))
	if c.void {
		return
	}
	flows := p.phiInto(s)
	way := by(flows)
	if way == "" {
		way = " in a log"
	}
	p.add(storeContent, s.ID, "", c, flows, "PHI reaches %s%s, and it is declared to hold no PHI", p.name(s.ID.Or("")), way)
}

// A thinLog is what is said of the logs of one system in one store: one that keeps no text, and one of which nobody
// says what it keeps, or where.
type thinLog struct{ none, unknown string }

// logContent finds a flow that takes free text from a system to a place where its log is said to keep none.
func (p *problems) logContent() {
	logs := p.thinLogs()
	for i := range p.doc.DataFlows {
		f := &p.doc.DataFlows[i]
		var said fact
		for _, store := range []string{f.To.Or(""), ""} {
			switch log := logs[[2]string{f.From.Or(""), store}]; {
			case log.none != "":
				said.say(true, true, log.none)
			case log.unknown != "":
				said.say(false, false, log.unknown)
			}
		}
		s := p.systems[f.To.Or("")]
		if s == nil || !said.yes && len(said.missing) == 0 {
			continue
		}
		kind, declared := s.Kind.Get()
		c := claims(kind == "log_store", declared, path("systems", s.ID, "kind"))
		c.fact(&said, true)
		text, known := has(f, freeText)
		c.part(text, known, at(f, "elements"))
		p.add(storeContent, f.ID, "", c, []string{f.ID.Or("")}, "%s takes text%s to %s, and the log of %s is declared to keep no text",
			f.ID.Or(""), beside(f.Elements), p.name(f.To.Or("")), p.name(f.From.Or("")))
	}
}

// thinLogs are the logs by system and store. The store is "" where nobody says which it is.
func (p *problems) thinLogs() map[[2]string]thinLog {
	logs := map[[2]string]thinLog{}
	for _, log := range p.logs {
		content, declared := log.Content.Get()
		if declared && content != "none" && content != "metadata" {
			continue
		}
		store, stored := log.StoredIn.Get()
		key := [2]string{log.System.Or(""), store}
		said := logs[key]
		switch name := "logging[" + log.name + "]"; {
		case !stored:
			said.unknown = name + ".stored_in"
		case !declared:
			said.unknown = name + ".content"
		default:
			said.none = name + ".content"
		}
		logs[key] = said
	}
	return logs
}

// outsideRegions finds a system that PHI reaches and that runs where the practice doesn't allow it.
func (p *problems) outsideRegions(s *manifest.System) {
	var c claim
	c.flag(s.ReceivesPHI)
	region, declared := s.Region.Get()
	c.part(true, declared, path("systems", s.ID, "region"))
	c.part(p.doc.Practice.DataRegions != nil, p.doc.Practice.DataRegions != nil, "practice.data_regions")
	for _, r := range p.doc.Practice.DataRegions {
		allowed, known := r.Get()
		switch {
		case !known:
			c.part(false, false, "practice.data_regions")
		case declared && allowed == region:
			return
		}
	}
	if c.void {
		return
	}
	flows, where := p.phiInto(s), ""
	if declared {
		where = " in " + region + ","
	}
	p.add(outsideRegions, s.ID, "", c, flows, "PHI reaches %s%s, and it runs%s outside the regions the practice allows", p.name(s.ID.Or("")), by(flows), where)
}

// isolated finds a system in use that no flow touches and no log is stored in.
func (p *problems) isolated(s *manifest.System) {
	id := s.ID.Or("")
	if len(p.into[id])+len(p.from[id])+len(p.stored[id]) > 0 {
		return
	}
	status, declared := s.Status.Get()
	c := claims(status != "retired", declared, path("systems", s.ID, "status"))
	c.missing = append(c.missing, p.storeless...)
	p.add(isolated, s.ID, "", c, []string{}, "%s has no flow in or out", p.name(id))
}

// unreachedLogs finds logs that are stored where no flow goes.
func (p *problems) unreachedLogs() {
	for _, log := range p.logs {
		on, declared := log.Enabled.Get()
		c := claims(on, declared, "logging["+log.name+"].enabled")
		store, declared := log.StoredIn.Get()
		c.part(len(p.into[store]) == 0 && store != log.System.Or(""), declared, "logging["+log.name+"].stored_in")
		where := p.name(store)
		if !declared {
			where = "a place nobody names"
		}
		p.add(unreachedLog, log.System, extra(log.name, log.System.Or("")), c, []string{}, "the log of %s is stored in %s, and no flow goes there",
			p.name(log.System.Or("")), where)
	}
}

// extra is the name of an item where it says more than its subject does.
func extra(name, subject string) string {
	if name == subject {
		return ""
	}
	return name
}
