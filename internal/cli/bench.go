package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/source"
)

// A bench is the cases of a checklist with the manifest they start from.
type bench struct {
	cases  *checklist.Cases
	base   *source.Tree
	folder fs.FS
}

// readBench reads the cases beside a checklist's file. What is wrong with them is in the problems.
func readBench(a *authored) (*bench, source.Problems) {
	name := casesName(a.name)
	data, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, source.Problems{{Pos: source.Pos{File: filepath.ToSlash(a.name), Line: 1, Col: 1},
			Message: "there are no cases beside it, so no check is shown to work", Hint: "write " + filepath.ToSlash(name)}}
	case err != nil:
		return nil, source.Problems{{Pos: source.Pos{File: filepath.ToSlash(name)}, Message: "the cases can't be read: " + source.Cause(err)}}
	}
	cases, err := checklist.ReadCases(filepath.ToSlash(name), data)
	if err != nil {
		return nil, mistakesIn(err)
	}
	file := filepath.Join(filepath.Dir(a.name), filepath.FromSlash(cases.Base))
	if data, err = os.ReadFile(file); err != nil {
		return nil, source.Problems{{Pos: cases.BasePos, Message: "the manifest that the cases start from can't be read: " + source.Cause(err),
			Hint: "base is a path from the folder of this file"}}
	}
	base, err := source.Parse(filepath.ToSlash(file), data)
	if err != nil {
		return nil, mistakesIn(err)
	}
	return &bench{cases, base, os.DirFS(filepath.Dir(file))}, nil
}

// mistakesIn are the mistakes that an error of reading a file lists.
func mistakesIn(err error) source.Problems {
	var problems source.Problems
	if !errors.As(err, &problems) {
		problems = source.Problems{{Message: err.Error()}}
	}
	return problems
}

// casesName is the file of the cases beside a checklist's file.
func casesName(file string) string { return strings.TrimSuffix(file, ".yaml") + ".cases.yaml" }

// unseenChecks reports the cases that fail, and the checks that no case shows met, gap and undeclared.
func unseenChecks(a *authored, b *bench) source.Problems {
	trial := assess.Try(a.Checklist, b.cases, b.base, b.folder)
	return append(trial.Failures, trial.Unseen(a.Checklist)...)
}
