package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"readiness/internal/checklist"
	"readiness/internal/source"
)

// settingsName is the file in the current folder that holds settings.
const settingsName = ".readiness.yaml"

// variablePrefix begins the name of each variable that holds a setting.
const variablePrefix = "READINESS_"

// settingsFile is what .readiness.yaml may hold: each setting under its flag's name. A setting can come from a flag,
// from a variable, or from this file, in this order. What none of them says is up to the manifest, and then to the
// flag's default.
type settingsFile struct {
	Checklist    []source.Text `yaml:"checklist" doc:"The checklists to check against, as id@version."`
	ChecklistDir []source.Text `yaml:"checklist-dir" doc:"Folders with checklists of your own."`
	Profile      source.Text   `yaml:"profile" enum:"core standard full" doc:"How much is asked."`
	AsOf         source.Date   `yaml:"as-of" doc:"The day to check as of."`
	Horizon      source.Int    `yaml:"horizon" doc:"How many days ahead due dates are listed."`
	FailOn       source.Text   `yaml:"fail-on" enum:"critical high medium low" doc:"The lowest severity that fails the run."`
	Gate         []source.Text `yaml:"gate" enum:"before_phi before_launch operating" doc:"The gates to judge, and no other, whatever the stage."`
	Color        source.Text   `yaml:"color" enum:"auto always never" doc:"Whether text is in colour."`
}

var settingsType = sync.OnceValue(source.TypeOf[settingsFile])

// settings are the values read, once, with where each came from.
type settings struct {
	v    *viper.Viper      // a flag that was given, then what was read from variables and the file, then the default
	from map[string]string // by setting: flag, variable or file; nothing for a default
}

// readSettings collects the settings of cmd.
func readSettings(sys System, cmd *cobra.Command) (*settings, error) {
	s := &settings{viper.New(), map[string]string{}}
	if err := s.readFile(); err != nil {
		return nil, err
	}
	if err := s.readVariables(sys); err != nil {
		return nil, err
	}
	var empty error
	cmd.Flags().Visit(func(flag *pflag.Flag) { // an unset variable of a script is no wish to do without
		if value := flag.Value.String(); empty == nil && (value == "" || value == "[]") {
			empty = usage("--%s needs a value; see %s --help", flag.Name, cmd.CommandPath())
		}
	})
	if empty != nil {
		return nil, empty
	}
	for _, name := range settingsType().Keys() {
		flag := cmd.Flags().Lookup(name)
		if flag == nil {
			continue
		}
		if err := s.v.BindPFlag(name, flag); err != nil {
			return nil, exitCode{exitInternal, err}
		}
		if flag.Changed {
			s.from[name] = "--" + name
		}
	}
	return s, nil
}

// readFile reads .readiness.yaml as strictly as a manifest: a key that is not a setting is an error, not silence.
func (s *settings) readFile() error {
	data, err := os.ReadFile(settingsName)
	_, absent := os.Lstat(settingsName)
	switch {
	case errors.Is(absent, fs.ErrNotExist) || err == nil && blank(data):
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return usage("%s is a link that leads nowhere", settingsName)
	case err != nil:
		return usage("%s can't be read: %s", settingsName, source.Cause(err))
	}
	var file settingsFile
	if _, err := source.Decode(settingsName, data, settingsType(), &file); err != nil {
		return exitCode{exitUsage, err}
	}
	values := map[string]any{}
	source.Walk(settingsType(), &file, func(path string, _ *source.Field, leaf source.Leaf) {
		name, _, inList := strings.Cut(path, "[")
		if inList {
			list, _ := values[name].([]string)
			values[name] = append(list, leaf.String())
		} else {
			values[name] = leaf.String()
		}
		s.from[name] = settingsName
	})
	return s.v.MergeConfigMap(values)
}

// blank reports whether every line is empty or a comment.
func blank(data []byte) bool {
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			return false
		}
	}
	return true
}

// readVariables reads what variables say; it counts before the file.
func (s *settings) readVariables(sys System) error {
	if err := misspelt(sys.Environ); err != nil {
		return err
	}
	values := map[string]any{}
	for _, field := range settingsType().Fields {
		value, ok := sys.env(variable(field.Key))
		switch {
		case !ok:
			continue
		case field.Type.Kind == source.KindList:
			values[field.Key] = splitList(value)
		default:
			values[field.Key] = value
		}
		s.from[field.Key] = variable(field.Key)
	}
	return s.v.MergeConfigMap(values)
}

// variable is the name of the variable that holds a setting.
func variable(setting string) string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(setting, "-", "_"))
}

// misspelt finds a variable whose name is nearly, but not quite, that of a setting. Others that begin with READINESS_
// may be anything's.
func misspelt(environ []string) error {
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		word, ours := strings.CutPrefix(name, variablePrefix)
		if !ours || value == "" {
			continue
		}
		if near := source.Nearest(word, settingsType().Keys()); near != "" && variable(near) != name {
			return usage("there is no setting %s; did you mean %s?", name, variable(near))
		}
	}
	return nil
}

// splitList splits a variable's value at its commas.
func splitList(value string) []string {
	var list []string
	for part := range strings.SplitSeq(value, ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// choose says which word to write instead of got.
func choose(got string, words []string) string {
	if near := source.Suggest(got, words); near != "" {
		return near
	}
	last := len(words) - 1
	return "write " + strings.Join(words[:last], ", ") + " or " + words[last]
}

// origin names where a setting came from, for messages.
func (s *settings) origin(name string) string {
	if from := s.from[name]; from != "" && from != settingsName {
		return from
	}
	return name
}

// word returns a setting that must be one of the words its type allows.
func (s *settings) word(name string) (string, error) {
	value := s.v.GetString(name)
	return value, s.allows(name, value)
}

// allows checks one word of a setting.
func (s *settings) allows(name, value string) error {
	field, _ := settingsType().Field(name)
	if slices.Contains(field.Enum, value) {
		return nil
	}
	return usage("%s: %q is not known; %s", s.origin(name), value, choose(value, field.Enum))
}

// list returns a setting of several values, which has none unless something says so.
func (s *settings) list(name string) []string {
	if s.from[name] == "" {
		return nil
	}
	return s.v.GetStringSlice(name)
}

// asOf is the day to check as of: a setting, SOURCE_DATE_EPOCH, or today.
func (s *settings) asOf(sys System) (time.Time, error) {
	if s.from["as-of"] != "" {
		value := s.v.GetString("as-of")
		day, err := time.Parse(time.DateOnly, value)
		if err != nil || !fitsCalendar(day) {
			return day, usage("%s: %q is not a day in the calendar; write it as 2026-01-31", s.origin("as-of"), value)
		}
		return day, nil
	}
	now := sys.Now()
	if value, ok := sys.env("SOURCE_DATE_EPOCH"); ok {
		seconds, err := strconv.ParseInt(value, 10, 64)
		now = time.Unix(seconds, 0).UTC()
		if err != nil || !fitsCalendar(now) {
			return now, usage("SOURCE_DATE_EPOCH: %q is not a number of seconds since 1970", value)
		}
		s.from["as-of"] = "SOURCE_DATE_EPOCH"
		s.v.SetDefault("as-of", now.Format(time.DateOnly))
	}
	return time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC), nil
}

// fitsCalendar reports whether a manifest could hold the day.
func fitsCalendar(day time.Time) bool { return day.Year() >= 1900 && day.Year() < 2200 }

// defaultHorizon is how many days ahead due dates are listed when nothing says so.
const defaultHorizon = "60"

// maxHorizon is ten years, as far ahead as due dates are listed.
const maxHorizon = 3650

// horizon is the number of days ahead in which due dates are listed.
func (s *settings) horizon() (int, error) {
	value := s.v.GetString("horizon")
	days, err := strconv.Atoi(value)
	if err != nil || days < 0 || days > maxHorizon {
		return 0, usage("%s: %q is not a number of days from 0 to %d", s.origin("horizon"), value, maxHorizon)
	}
	return days, nil
}

// gates are the gates to judge whatever the stage.
func (s *settings) gates() ([]checklist.Gate, error) {
	var gates []checklist.Gate
	for _, name := range s.list("gate") {
		name = strings.ReplaceAll(name, "-", "_")
		if err := s.allows("gate", name); err != nil {
			return nil, err
		}
		gates = append(gates, checklist.Gate(name))
	}
	return gates, nil
}

// files are the files of settings and of checklists that are read.
func (s *settings) files() []string {
	files := []string{settingsName}
	for _, folder := range s.list("checklist-dir") {
		found, _ := filepath.Glob(filepath.Join(folder, "*", "*.yaml"))
		files = append(files, found...)
	}
	return files
}

// library is the checklists of the folders a setting names, and after them those that ship with the tool.
func (s *settings) library() (checklist.Library, error) {
	all := checklist.NewLibrary()
	for _, folder := range s.list("checklist-dir") {
		from := s.origin("checklist-dir")
		info, err := os.Stat(folder)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return all, usage("%s: there is no folder %s%s", from, folder, neighbour(folder))
		case err != nil:
			return all, usage("%s: the folder %s can't be read: %s", from, folder, source.Cause(err))
		case !info.IsDir():
			return all, usage("%s: %s is a file; name the folder that holds ID/VERSION.yaml, such as own/1.0.0.yaml", from, folder)
		}
		if err := readable(folder); err != nil {
			return all, usage("%s: %s", from, err)
		}
		own := os.DirFS(folder)
		if refs, err := checklist.NewLibrary(own).List(); err != nil || len(refs) == 0 {
			return all, usage("%s: the folder %s holds no checklist; one is a file ID/VERSION.yaml in it, such as own/1.0.0.yaml", from, folder)
		}
		all = all.With(own, folder)
	}
	return all.Join(checklist.Shipped()), nil
}

// readable refuses a folder for checklists in which a folder can't be read, be it a link that leads nowhere. A checklist
// may be in it, in whose place none that ships may step.
func readable(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("the folder %s can't be read: %s", folder, source.Cause(err))
	}
	for _, e := range entries {
		name := filepath.Join(folder, e.Name())
		info, err := os.Stat(name)
		if strings.HasPrefix(e.Name(), ".") || err == nil && !info.IsDir() {
			continue
		}
		switch _, err := os.ReadDir(name); {
		case errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("%s is a link that leads nowhere", name)
		case err != nil:
			return fmt.Errorf("the folder %s can't be read: %s", name, source.Cause(err))
		}
	}
	return nil
}

// completeWords lets a shell complete the words that the flags of cmd allow.
func completeWords(cmd *cobra.Command) {
	words := map[string][]string{"template": templateNames()}
	for _, f := range settingsType().Fields {
		words[f.Key] = f.Enum
	}
	for name, list := range words {
		if len(list) > 0 && cmd.Flags().Lookup(name) != nil {
			// It fails only for a flag that isn't there.
			_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(list, cobra.ShellCompDirectiveNoFileComp))
		}
	}
}

// notices tells which settings came from a file or a variable, so that a report never changes unseen.
func (s *settings) notices() []string {
	var list []string
	for _, name := range settingsType().Keys() {
		from := s.from[name]
		if from == "" || from == "--"+name || name == "color" {
			continue
		}
		value := s.v.GetString(name)
		if field, _ := settingsType().Field(name); field.Type.Kind == source.KindList {
			value = strings.Join(s.list(name), ", ")
		}
		list = append(list, fmt.Sprintf("%s = %s comes from %s.", name, value, from))
	}
	return list
}
