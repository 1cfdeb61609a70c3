package checklist

import (
	"encoding/gob"
	"fmt"

	"readiness/checklists"
	"readiness/internal/manifest"
	"readiness/internal/rule"
	"readiness/internal/source"
)

// Shipped returns the checklists that ship with the program. It opens them in their compiled form, which says the same
// as their files, except that their expressions have no place in a file: none of them can be a mistake any more.
func Shipped() Library {
	return Library{[]folder{{FS: checklists.FS(), compiled: checklists.Compiled()}}}
}

// FromFiles returns the same library, in which every checklist is read from its file. Authors need it.
func (l Library) FromFiles() Library {
	var files Library
	for _, f := range l.folders {
		files = files.With(f.FS, f.name)
	}
	return files
}

// Language returns a language for the rules of the library. It knows those of the shipped checklists already.
func (l Library) Language() (*rule.Language, error) {
	language := rule.NewLanguage(manifest.Type())
	for _, f := range l.folders {
		if f.compiled != nil {
			return language, language.Unpack(checklists.Rules())
		}
	}
	return language, nil
}

// thaw reads the compiled form of a checklist or a penalty table into v. It reports whether the folder has it.
func (f folder) thaw(name string, v any) (bool, error) {
	if f.compiled == nil {
		return false, nil
	}
	file, err := f.compiled.Open("compiled/" + name)
	if err != nil {
		return false, nil
	}
	defer file.Close()
	if err := gob.NewDecoder(file).Decode(v); err != nil {
		return false, fmt.Errorf("the compiled form of %s can't be read: %w", name, err)
	}
	return true, nil
}

// openCompiled opens a checklist in its compiled form; nil when the folder doesn't have it.
func (f folder) openCompiled(ref Ref, name string) (*Checklist, error) {
	c := &Checklist{}
	if ok, err := f.thaw(ref.String(), c); !ok {
		return nil, err
	}
	c.file = &source.File{Name: name}
	for _, r := range c.All() {
		r.file = c.file
		for _, list := range []*[]string{&r.Also, &r.Guide, &r.Evidence, &r.Maps, &r.GAI} {
			if *list == nil { // gob doesn't tell an empty list from none
				*list = []string{}
			}
		}
	}
	return c, nil
}
