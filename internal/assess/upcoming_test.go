package assess_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestUpcoming looks at what falls due after short and long intervals, and where a day lies centuries away.
func TestUpcoming(t *testing.T) {
	type due struct {
		On   string
		Days int
	}
	for _, tt := range []struct {
		name, day, interval string
		want                []due
	}{
		{"a year", "2025-12-01", "365d", []due{{"2026-12-01", 9}}},
		{"nearly ten years", "2014-01-01", "3649d", []due{{"2023-12-29", -1059}}},
		{"ten years", "2014-01-01", "10y", []due{{"2023-12-30", -1058}}},
		{"beyond the horizon", "2014-01-01", "50y", nil},
		{"a century", "1900-01-01", "100y", []due{{"1999-12-08", -9846}}},
		{"longer than a century", "1900-01-01", "101y", nil},
		{"longer than a calendar", "1900-01-01", "999999y", nil},
		{"for ever", "2014-01-01", "indefinite", nil},
		{"undeclared", "2014-01-01", "unknown", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := assessSmall(t, "people: [{id: lin, trained: {hipaa: "+tt.day+"}}]\ntraining: {courses: [{id: hipaa, valid_for: "+tt.interval+"}]}\n", nil)
			var got []due
			for _, d := range r.Upcoming {
				if d.Path == "people[lin].trained[hipaa]" {
					got = append(got, due{d.On, d.Days})
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("what falls due (-want +got)\n%s", diff)
			}
		})
	}
}
