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

// lateFirst is the percentage by which memory may grow before it is first cleared: to some 36 MB. Most runs end before.
const lateFirst = 800

func main() {
	debug.SetMemoryLimit(maxMemory)
	usual := debug.SetGCPercent(lateFirst)
	runtime.AddCleanup(&struct{ first *int }{}, cleared, usual)
	os.Exit(cli.Main(os.Args[1:], cli.OS()))
}

// cleared is called by the first clearing. A run that has chosen another percentage by then keeps its own.
func cleared(usual int) {
	if chosen := debug.SetGCPercent(usual); chosen != lateFirst {
		debug.SetGCPercent(chosen)
	}
}
