package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"readiness/internal/report"
	"readiness/internal/source"
)

// summaryName begins the names of the files of a summary in --output-dir.
const summaryName = "readiness-summary"

// separate makes the formats that go to the folder those of each manifest's report. The summary is shown, and goes to
// the folder as text and JSON.
func (d *delivery) separate() {
	summary := []sink{}
	for _, s := range d.sinks {
		if s.folder {
			d.reports = append(d.reports, s)
		} else {
			summary = append(summary, s)
		}
	}
	for _, f := range report.Formats(d.style, d.brand.Brand) {
		if f.Name == "text" {
			summary = append(summary, sink{Format: f})
		}
		if f.Name == "text" || f.Name == "json" {
			summary = append(summary, sink{Format: f, file: filepath.Join(d.folder, summaryName+f.Ext)})
		}
	}
	d.sinks = summary
}

// client is the delivery of the report of one of several manifests, whose files have a name of their own.
func (d *delivery) client(name string) *delivery {
	own := *d
	own.sinks = slices.Clone(d.reports)
	for i := range own.sinks {
		own.sinks[i].file = filepath.Join(d.folder, name+own.sinks[i].ending)
	}
	return &own
}

// files are those that the delivery writes.
func (d *delivery) files() []string {
	files := []string{}
	for _, s := range d.sinks {
		if s.file != "" {
			files = append(files, filepath.ToSlash(s.file))
		}
	}
	return files
}

// clients are the deliveries of several manifests' reports; without a folder for them, each is nil. Nothing that any of
// the manifests rests on may be written over.
func (c *checker) clients(args []string) ([]*delivery, error) {
	all := make([]*delivery, len(args))
	if len(c.reports) == 0 {
		return all, nil
	}
	names, err := clientNames(args)
	if err != nil {
		return nil, err
	}
	if c.redact { // a folder may have a person's name
		names = clientNumbers(len(args))
	}
	for i, name := range names {
		all[i] = c.client(name)
		for _, s := range all[i].sinks {
			if err := c.targets.add(s); err != nil {
				return nil, err
			}
		}
	}
	return all, c.sparesAll(args)
}

// sparesAll refuses to write a report or the summary over a file that any of the manifests is read from, before the first
// is written. What a manifest names lies in its folder, so it is read twice, now and when it is its turn, only if reports
// go there.
func (c *checker) sparesAll(args []string) error {
	if err := c.spares(append(c.set.files(), c.brand.files...)); err != nil {
		return err
	}
	for _, arg := range args {
		file, err := locate(arg)
		if err != nil {
			continue // what is wrong with it is told later
		}
		inputs := []string{file}
		if c.targets.within(filepath.Dir(file)) {
			if in, err := readManifest(c.sys, arg); err == nil {
				inputs = in.files()
			}
		}
		if err := c.spares(inputs); err != nil {
			return err
		}
	}
	return nil
}

// stale are files of an earlier run that stand where this one writes nothing.
func (d *delivery) stale() []string {
	if d == nil {
		return nil
	}
	var list []string
	for _, file := range d.files() {
		if _, err := os.Lstat(file); err == nil {
			list = append(list, fmt.Sprintf("readiness: %s is of an earlier run; this one wrote no report there", file))
		}
	}
	return list
}

// clientNames are the names of manifests in --output-dir: that of the manifest's folder or, where the manifest isn't
// called readiness.yaml, its own. Where that is another's name too, both have the name of the folder above in front, and
// where that doesn't do, a digest of the path at the end. So a name depends neither on the order of the manifests nor on
// the run, and nothing in it leads out of the folder.
func clientNames(args []string) ([]string, error) {
	candidates := make([][]string, len(args))
	seen := map[string]bool{}
	for i, arg := range args {
		file, err := locate(arg)
		if err != nil {
			file = filepath.Clean(arg)
		}
		if seen[file] {
			return nil, usage("%s is named twice; to write a report of each manifest, name it once", arg)
		}
		seen[file] = true
		if candidates[i], err = namesOf(file); err != nil {
			return nil, err
		}
	}
	return distinct(candidates), nil
}

// clientNumbers are the names of n manifests where people are taken out: client-001 and so on, in the order named.
func clientNumbers(n int) []string {
	digits := max(3, len(strconv.Itoa(n)))
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("client-%0*d", digits, i+1)
	}
	return names
}

// namesOf are the names that a manifest's reports can have, the shortest first. The last one is no other manifest's.
func namesOf(file string) ([]string, error) {
	path, err := filepath.Abs(file)
	if err != nil {
		return nil, fmt.Errorf("%s can't be named: %s", file, source.Cause(err))
	}
	if filepath.Base(path) == manifestName {
		path = filepath.Dir(path)
	}
	if ext := filepath.Ext(path); ext == ".yaml" || ext == ".yml" {
		path = strings.TrimSuffix(path, ext)
	}
	name := plainName(filepath.Base(path))
	sum := sha256.Sum256([]byte(filepath.ToSlash(filepath.Clean(file))))
	digest := hex.EncodeToString(sum[:])
	return []string{name, plainName(filepath.Base(filepath.Dir(path))) + "-" + name, name + "-" + digest[:8], name + "-" + digest}, nil
}

// taken are names that no manifest gets: the summary's, and those that name devices on Windows.
var taken = strings.Fields(summaryName + " con prn aux nul com0 com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9")

// distinct chooses a name of each list, so that no two are the same, whatever their case. All that share one take the next.
func distinct(candidates [][]string) []string {
	at := make([]int, len(candidates))
	for {
		shared := map[string]int{}
		for _, name := range taken {
			shared[name]++
		}
		names := make([]string, len(candidates))
		for i, list := range candidates {
			names[i] = list[at[i]]
			shared[strings.ToLower(names[i])]++
		}
		again := false
		for i, list := range candidates {
			if shared[strings.ToLower(names[i])] > 1 && at[i] < len(list)-1 {
				at[i]++
				again = true
			}
		}
		if !again {
			return names
		}
	}
}

// maxName is how many bytes of a folder's name a file's name has.
const maxName = 60

// plainName is a folder's name with nothing but letters, digits, _ and - in it, so that every system takes it as a name
// and none as a path, an ending or a flag.
func plainName(folder string) string {
	letters := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.M, r) { // an accent by itself, which some disks store in its letter
			return -1
		}
		return r
	}, folder)
	words := strings.FieldsFunc(letters, func(r rune) bool { return r != '_' && !unicode.In(r, unicode.L, unicode.Nd) })
	name := strings.Join(words, "-")
	for len(name) > maxName {
		_, n := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-n]
	}
	if name == "" {
		return "practice"
	}
	return name
}
