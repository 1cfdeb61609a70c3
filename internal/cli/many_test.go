package cli

import (
	"bytes"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// On a terminal a long run tells how far it is, on one line that is gone in the end. Time is made up here.
func TestProgress(t *testing.T) {
	for _, test := range []struct {
		name    string
		watched bool
		took    time.Duration // a manifest is done each millisecond
		want    string
	}{
		{"short", true, patience - time.Millisecond, ""},
		{"long", true, patience + time.Millisecond, "\r2000 of 12000 manifests checked" + wiped(31)},
		{"longer", true, patience + 2*tick + time.Millisecond,
			"\r2000 of 12000 manifests checked\r2200 of 12000 manifests checked\r2400 of 12000 manifests checked" + wiped(31)},
		{"long, no terminal", false, time.Minute, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var errs bytes.Buffer
				var done atomic.Int64
				c := checker{sys: System{Stderr: &errs, Watched: test.watched}}
				stop := c.progress(&done, 12000)
				time.Sleep(time.Millisecond / 2) // so that no two things are due at one time
				for range test.took / time.Millisecond {
					done.Add(1)
					time.Sleep(time.Millisecond)
				}
				stop()
				if got := errs.String(); got != test.want {
					t.Errorf("standard error has\n%q, want\n%q", got, test.want)
				}
			})
		})
	}
}

// wiped is what takes a line of so many characters off a terminal.
func wiped(n int) string { return "\r" + strings.Repeat(" ", n) + "\r" }
