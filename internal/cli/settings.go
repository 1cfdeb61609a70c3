package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"readiness/internal/checklist"
	"readiness/internal/source"
)

// settingsName is the file in the current folder that holds settings.
const settingsName = ".readiness.yaml"

// A setting can come from a flag, from a READINESS_ variable, or from .readiness.yaml, in this order. What none of
// them says is up to the manifest, and then to the default.
var settingNames = []string{"checklist", "checklist-dir", "profile", "as-of", "horizon", "fail-on", "gate", "color"}

// settings are the values read, once, with where each came from.
type settings struct {
	v    *viper.Viper
	from map[string]string // by setting: flag, variable name, or file name
}

// readSettings collects the settings of cmd. viper never sees a manifest or a checklist: it folds the case of keys.
func readSettings(sys System, cmd *cobra.Command) (*settings, error) {
	s := &settings{viper.New(), map[string]string{}}
	data, err := os.ReadFile(settingsName)
	switch {
	case err == nil:
		if err := s.file(data); err != nil {
			return nil, err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, usage("%s can't be read: %s", settingsName, cause(err))
	}
	for _, name := range settingNames {
		variable := "READINESS_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		if value, ok := sys.Env(variable); ok && value != "" {
			s.v.Set(name, value)
			s.from[name] = variable
		}
		if flag := cmd.Flags().Lookup(name); flag != nil && flag.Changed {
			s.v.Set(name, flagValue(flag))
			s.from[name] = "--" + name
		}
	}
	return s, nil
}

// flagValue is a flag's value: a list for a flag that can be repeated.
func flagValue(flag *pflag.Flag) any {
	if list, ok := flag.Value.(pflag.SliceValue); ok {
		return list.GetSlice()
	}
	return flag.Value.String()
}

// file reads .readiness.yaml. A key that is not a setting is an error, not silence.
func (s *settings) file(data []byte) error {
	s.v.SetConfigType("yaml")
	if err := s.v.ReadConfig(strings.NewReader(string(data))); err != nil {
		return usage("%s is not readable YAML", settingsName)
	}
	for _, key := range s.v.AllKeys() {
		if !slices.Contains(settingNames, key) {
			hint := source.Suggest(key, settingNames)
			if hint == "" {
				hint = "there is " + strings.Join(settingNames, ", ")
			}
			return usage("%s: %q is not a setting; %s", settingsName, key, hint)
		}
		s.from[key] = settingsName
	}
	return nil
}

// word returns a setting that must be one of words; fallback when nothing says it.
func (s *settings) word(name, fallback string, words ...string) (string, error) {
	if s.from[name] == "" {
		return fallback, nil
	}
	value := s.v.GetString(name)
	if !slices.Contains(words, value) {
		hint := source.Suggest(value, words)
		if hint == "" {
			hint = "write " + strings.Join(words, ", ")
		}
		return "", usage("%s: %q is not known; %s", s.from[name], value, hint)
	}
	return value, nil
}

// list returns a setting of several values, which a variable or file separates by commas.
func (s *settings) list(name string) []string {
	if s.from[name] == "" {
		return nil
	}
	var out []string
	for _, value := range s.v.GetStringSlice(name) {
		for part := range strings.SplitSeq(value, ",") {
			if part = strings.TrimSpace(part); part != "" {
				out = append(out, part)
			}
		}
	}
	return out
}

// asOf is the day to check as of: a setting, SOURCE_DATE_EPOCH, or today.
func (s *settings) asOf(sys System) (time.Time, error) {
	if s.from["as-of"] != "" {
		value := s.v.GetString("as-of")
		if t, ok := s.v.Get("as-of").(time.Time); ok {
			value = t.Format(time.DateOnly)
		}
		day, err := time.Parse(time.DateOnly, value)
		if err != nil {
			return day, usage("%s: %q is not a day in the calendar; write it as 2026-01-31", s.from["as-of"], value)
		}
		return day, nil
	}
	now := sys.Now()
	if value, ok := sys.Env("SOURCE_DATE_EPOCH"); ok && value != "" {
		seconds, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return now, usage("SOURCE_DATE_EPOCH: %q is not a number of seconds", value)
		}
		now = time.Unix(seconds, 0).UTC()
	}
	return time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC), nil
}

// horizon is the number of days ahead in which due dates are listed.
func (s *settings) horizon() (int, error) {
	if s.from["horizon"] == "" {
		return 60, nil
	}
	days, err := strconv.Atoi(s.v.GetString("horizon"))
	if err != nil || days < 0 || days > 3650 {
		return 0, usage("%s: %q is not a number of days from 0 to 3650", s.from["horizon"], s.v.GetString("horizon"))
	}
	return days, nil
}

// gates are the gates to judge whatever the stage.
func (s *settings) gates() ([]checklist.Gate, error) {
	var gates []checklist.Gate
	for _, name := range s.list("gate") {
		gate := checklist.Gate(strings.ReplaceAll(name, "-", "_"))
		if gate.Rank() < 0 {
			return nil, usage("%s: %q is not a gate; write before_phi, before_launch or operating", s.from["gate"], name)
		}
		gates = append(gates, gate)
	}
	return gates, nil
}

// notices tells which settings came from a file or the environment, so that a report never changes unseen.
func (s *settings) notices() []string {
	var list []string
	for _, name := range settingNames {
		if from := s.from[name]; from != "" && from != "--"+name && name != "color" {
			list = append(list, fmt.Sprintf("%s = %v comes from %s.", name, strings.Trim(fmt.Sprint(s.v.Get(name)), "[]"), from))
		}
	}
	return list
}

func flagNames(cmd *cobra.Command) []string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}
