package cli

import (
	"sync"

	"readiness/internal/checklist"
	"readiness/internal/rule"
)

// A shelf opens and compiles each checklist once, for as many manifests as there are. It is safe for concurrent use,
// and so is what it gives out.
type shelf struct {
	library checklist.Library

	mu       sync.Mutex
	language *rule.Language
	lists    map[opening]*opened
	refs     map[string]resolved // by what a setting or a manifest names
}

type resolved struct {
	ref checklist.Ref
	err error
}

// An opening is a checklist compiled for a profile.
type opening struct {
	ref     checklist.Ref
	profile checklist.Profile
}

type opened struct {
	list *checklist.Checklist
	err  error
}

func newShelf(library checklist.Library) *shelf {
	return &shelf{library: library, lists: map[opening]*opened{}, refs: map[string]resolved{}}
}

// resolve finds the version that want names.
func (s *shelf) resolve(want string) (checklist.Ref, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.refs[want]
	if !ok {
		r.ref, r.err = s.library.Resolve(want)
		s.refs[want] = r
	}
	return r.ref, r.err
}

// open returns the checklist that ref names, compiled for profile.
func (s *shelf) open(ref checklist.Ref, profile checklist.Profile) (*checklist.Checklist, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := opening{ref, profile}
	if s.lists[key] == nil {
		list, err := s.compile(ref, profile)
		s.lists[key] = &opened{list, err}
	}
	return s.lists[key].list, s.lists[key].err
}

func (s *shelf) compile(ref checklist.Ref, profile checklist.Profile) (*checklist.Checklist, error) {
	if s.language == nil {
		language, err := s.library.Language()
		if err != nil {
			return nil, exitCode{exitInternal, err}
		}
		s.language = language
	}
	list, err := s.library.Open(ref)
	if err == nil {
		err = list.Compile(s.language, profile)
	}
	if err != nil {
		return nil, exitCode{exitUsage, err}
	}
	return list, nil
}

// penalties are the penalty tables that stand beside checklists, each once.
func (s *shelf) penalties(lists []*checklist.Checklist) ([]*checklist.Penalties, error) {
	var tables []*checklist.Penalties
	seen := map[string]bool{}
	for _, list := range lists {
		table, err := s.library.Penalties(list)
		if err != nil {
			return nil, exitCode{exitUsage, err}
		}
		if table != nil && !seen[table.Checklist] {
			seen[table.Checklist] = true
			tables = append(tables, table)
		}
	}
	return tables, nil
}
