package manifest

import "testing"

// FuzzLikely shows that the quick look passes over nothing that a pattern would find.
func FuzzLikely(f *testing.F) {
	for _, s := range []string{"219-09-9999", "(219-09-9999)", "MRN A-4829131", "Patient No. 48291", "Born on 4/2/1961", "D.O.B. 1961-04-02", "birthdate: April 2, 1961"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		for _, id := range identifiers {
			if id.pattern().MatchString(line) && !id.likely(line) {
				t.Errorf("%q looks like %s to the pattern only", line, id.what)
			}
		}
	})
}
