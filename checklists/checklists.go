// Package checklists holds the checklists that ship with readiness.
//
// A checklist is one file, <id>/<version>.yaml, with its cases beside it. A published file is never edited: a change
// of judgement is a new version.
//
// The folder compiled holds the same checklists in a form that a program reads without parsing. It is generated:
// go generate ./checklists writes it anew, and a test fails when it is stale.
package checklists

import (
	"embed"
	"io/fs"
)

//go:generate go test ../internal/checklist -run TestCompiled -count 1 -update

//go:embed */*.yaml
var files embed.FS

//go:embed compiled/lists
var compiled string

//go:embed compiled/rules
var rules string

//go:embed compiled/SHA256SUMS
var sums string

// FS returns the shipped checklist files.
func FS() fs.FS { return files }

// Compiled returns the shipped checklists, and the penalty tables beside them, as internal/checklist keeps them.
func Compiled() string { return compiled }

// Rules returns every expression of the shipped checklists as internal/rule packs them.
func Rules() string { return rules }

// Sums returns the SHA-256 of every shipped checklist's file, in lines as sha256sum writes and checks them.
func Sums() string { return sums }
