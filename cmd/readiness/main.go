// Command readiness checks what a medical practice declares about its use of a language model against versioned
// HIPAA, NIST AI RMF and state-law checklists, and writes a gap report. See readiness help.
package main

import (
	"os"
	"runtime"
	"runtime/debug"

	"readiness/internal/cli"
)

// maxMemory is how much memory may fill up before it is cleared more often. No manifest needs as much at one time.
const maxMemory = 192 << 20

// By how many percent memory may grow before it is cleared: first to some 70 MB, before which nearly all runs end, and from
// then on to four times what stays. Many manifests at once ask for more.
const (
	lateFirst = 1600
	later     = 300
)

func main() {
	debug.SetMemoryLimit(maxMemory)
	debug.SetGCPercent(lateFirst)
	runtime.AddCleanup(&struct{ first *int }{}, cleared, later) // by the first clearing
	os.Exit(cli.Main(os.Args[1:], cli.OS()))
}

// cleared is called by the first clearing. A run that has chosen another percentage by then keeps its own.
func cleared(later int) {
	if chosen := debug.SetGCPercent(later); chosen != lateFirst {
		debug.SetGCPercent(chosen)
	}
}
