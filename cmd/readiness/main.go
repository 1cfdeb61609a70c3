// Command readiness checks what a medical practice declares about its use of a language model against versioned
// HIPAA, NIST AI RMF and state-law checklists, and writes a gap report. See readiness help.
package main

import (
	"os"

	"readiness/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], cli.OS()))
}
