// Package checklists holds the checklists that ship with readiness.
//
// A checklist is one file, <id>/<version>.yaml, with its cases beside it. A published file is never edited: a change
// of judgement is a new version.
package checklists

import (
	"embed"
	"io/fs"
)

//go:embed */*.yaml
var files embed.FS

// FS returns the shipped checklist files.
func FS() fs.FS { return files }
