package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"readiness/internal/redact"
	"readiness/internal/report/github"
	"readiness/internal/report/jsonfile"
	"readiness/internal/report/summary"
	"readiness/internal/report/text"
	"readiness/internal/source"
)

// maxProblems is how many problems of each manifest are told when there are many manifests.
const maxProblems = 5

// checkAll checks several manifests and writes one summary of them and, into a folder, a report of each. The exit code is
// the worst that one of them gives.
func (c *checker) checkAll(args []string) error {
	if err := c.summable(args); err != nil {
		return err
	}
	clients, err := c.clients(args)
	if err != nil {
		return err
	}
	if err := c.makeFolder(); err != nil {
		return exitCode{exitInternal, err}
	}
	rows, people, err := c.rows(args, clients)
	if err != nil {
		return err
	}
	numbers := clientNumbers(len(rows))
	notices := c.notices
	if c.redact {
		notices = append(redact.Texts(notices, people...), redact.Notice)
	}
	s := summary.New(c.tool, c.asOf.Format(time.DateOnly), c.gates, rows, notices)
	for i := range rows {
		s.Exit = worse(s.Exit, rows[i].Exit)
		for _, problem := range rows[i].Problems {
			fmt.Fprintln(c.sys.Stderr, problem)
		}
		if c.redact {
			rows[i].Reports = redact.Texts(rows[i].Reports, people...)
			hide(&rows[i], numbers[i])
		}
	}
	if err := c.writeSummary(s); err != nil {
		return exitCode{exitInternal, err}
	}
	if n := s.Totals.NotRead; n > 0 {
		return exitCode{s.Exit, fmt.Errorf("%d of %d manifests could not be checked", n, len(rows))}
	}
	if s.Exit == exitReady {
		return nil
	}
	return exitCode{code: s.Exit}
}

// hide takes out of a row what may name a person whom nobody knows: lines of a manifest, and where one is that wasn't read.
func hide(row *summary.Row, number string) {
	if len(row.Problems) > 0 {
		row.Problems = []string{"What is wrong is left out with --redact; standard error tells it."}
	}
	if row.Status == summary.NotRead {
		row.Manifest = number
	}
}

// severityOfExit is the order in which one exit code is worse than another.
var severityOfExit = []int{exitReady, exitGaps, exitNothing, exitUsage, exitInternal}

func worse(a, b int) int {
	if slices.Index(severityOfExit, a) > slices.Index(severityOfExit, b) {
		return a
	}
	return b
}

// summable refuses what makes no sense with several manifests.
func (c *checker) summable(args []string) error {
	if c.baseline != "" {
		return usage("--baseline belongs to one practice; check one manifest at a time against it")
	}
	if slices.Contains(args, "-") {
		return usage("-, standard input, can't be checked together with others; check it by itself")
	}
	for _, s := range c.sinks {
		if !slices.Contains([]string{"text", "json", "github"}, s.Name) {
			return usage("--format %s: several manifests are summed up as text, json or github; to write a report of each as %s, add --output-dir FOLDER", s.Name, s.Name)
		}
	}
	return nil
}

// collectAt lets reports that are done with pile up to six times what stays, the checklists, before memory is cleared:
// that takes a third less time, and some 150 MB.
const collectAt = 600

// rows checks every manifest on all processors. The rows, and whom --redact takes out of what all share, are in the order
// of args; no report outlives its row.
func (c *checker) rows(args []string, clients []*delivery) ([]summary.Row, []redact.Names, error) {
	if len(c.reports) == 0 { // a report in many formats is far more than a row
		defer debug.SetGCPercent(debug.SetGCPercent(collectAt))
	}
	rows := make([]summary.Row, len(args))
	people := make([]redact.Names, len(args))
	errs := make([]error, len(args))
	var next, done atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(args)) {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(args)); i = next.Add(1) - 1 {
				rows[i], people[i], errs[i] = c.row(args[i], clients[i])
				done.Add(1)
			}
		})
	}
	stop := c.progress(&done, len(args))
	workers.Wait()
	stop()
	return rows, people, errors.Join(errs...)
}

// row checks one manifest and, with a client, writes its report. An error, unlike a row that was not read, ends the run.
func (c *checker) row(arg string, client *delivery) (row summary.Row, people redact.Names, err error) {
	defer func() {
		if defect := recover(); defect != nil {
			row = summary.Unread(filepath.ToSlash(arg), exitInternal, []string{
				source.Printable(fmt.Sprintf("readiness: %s: internal error: %v", arg, defect)) + "\n" + string(debug.Stack())})
		}
	}()
	r, err := c.run(arg)
	var overwrites overwrite
	switch {
	case errors.As(err, &overwrites):
		return row, nil, err
	case err != nil:
		code := exitCode{exitUsage, err}
		errors.As(err, &code)
		return summary.Unread(filepath.ToSlash(arg), code.code, append(problemsOf(err), client.stale()...)), nil, nil
	}
	code := exitCode{code: exitReady}
	errors.As(c.conclude(r), &code)
	if c.redact {
		people = redact.NamesIn(r)
	}
	r = c.shown(r)
	row = summary.Of(r, code.code)
	if client == nil {
		return row, people, nil
	}
	if err := client.write(nil, rendered(r)); err != nil {
		row.Exit, row.Problems = exitInternal, problemsOf(err)
	} else {
		row.Reports = client.files()
	}
	return row, people, nil
}

// problemsOf are the first of the problems that err tells of, one string each.
func problemsOf(err error) []string {
	var problems source.Problems
	list := []string{}
	if !errors.As(err, &problems) {
		for line := range strings.SplitSeq(err.Error(), "\n") {
			list = append(list, "readiness: "+source.Printable(line))
		}
		return list
	}
	for _, p := range problems[:min(len(problems), maxProblems)] {
		list = append(list, p.String())
	}
	if more := len(problems) - maxProblems; more > 0 {
		list = append(list, fmt.Sprintf("%s: and %d more", source.Printable(problems[0].Pos.File), more))
	}
	return list
}

// writeSummary writes the summary in every format asked for. Nothing is written before all are ready.
func (c *checker) writeSummary(s *summary.Summary) error {
	return c.write(c.sys.Stdout, func(w io.Writer, to sink) error {
		switch {
		case to.Name == "json":
			return jsonfile.Write(w, s)
		case to.append:
			return github.ManySummary(w, s)
		case to.Name == "github":
			return github.Many(w, s)
		}
		return text.Summary(w, s, c.styleOf(to))
	})
}

// How long a run takes before it tells how far it is, and how often it does then.
const (
	patience = 2 * time.Second
	tick     = 200 * time.Millisecond
)

// progress tells a terminal how far a long run is. The function it returns ends that and wipes the line.
func (c *checker) progress(done *atomic.Int64, all int) (stop func()) {
	if !c.sys.Watched {
		return func() {}
	}
	quit, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		var line bytes.Buffer
		for wait := patience; ; wait = tick {
			select {
			case <-quit:
				if line.Len() > 0 {
					fmt.Fprintf(c.sys.Stderr, "\r%*s\r", line.Len(), "")
				}
				return
			case <-time.After(wait):
				line.Reset()
				fmt.Fprintf(&line, "%d of %d manifests checked", done.Load(), all)
				fmt.Fprintf(c.sys.Stderr, "\r%s", line.Bytes())
			}
		}
	}()
	return func() { close(quit); <-gone }
}
