package desc

import (
	"net/url"
	"slices"
	"strings"
)

// Match is the operation of a request.
type Match struct {
	Operation *Operation
	Args      map[string]string // values of the path's parameters, without escapes
}

// Find matches an escaped path, with or without the prefix of a separate server. If the path exists
// without the method, methods are those of the path.
func (s *Set) Find(method, path string) (m *Match, methods []string, err error) {
	for _, prefix := range []string{"", "/hk", "/global"} {
		rest, ok := strings.CutPrefix(path, prefix)
		if !ok {
			continue
		}
		segments := strings.Split(rest, "/")
		found := s.root.find(segments)
		if found == nil {
			continue
		}
		e := found.methods[method]
		if e == nil {
			for m := range found.methods {
				methods = append(methods, m)
			}
			slices.Sort(methods)
			continue
		}
		op, err := s.load(e)
		if err != nil {
			return nil, nil, err
		}
		return &Match{op, args(op.Path, segments)}, nil, nil
	}
	return nil, methods, nil
}

func args(template string, segments []string) map[string]string {
	values := make(map[string]string)
	i := 0
	for part := range strings.SplitSeq(template, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			value, err := url.PathUnescape(segments[i])
			if err != nil {
				value = segments[i]
			}
			values[strings.TrimSuffix(name, "}")] = value
		}
		i++
	}
	return values
}

// Nearest is the known operation with the most similar path.
func (s *Set) Nearest(method, path string) *Entry {
	const longest = 512 // of the comparison; no path is longer
	if len(path) > longest {
		path = path[:longest]
	}
	segments := strings.Split(path, "/")
	var best *Entry
	bestCost := 1 << 30
	for i := range s.Entries {
		e := &s.Entries[i]
		cost := apart(segments, strings.Split(e.Path, "/"))
		if e.Method != method {
			cost++
		}
		if cost < bestCost {
			best, bestCost = e, cost
		}
	}
	return best
}

// apart sums the differences between segments. A parameter matches all.
func apart(path, template []string) (cost int) {
	for i := range max(len(path), len(template)) {
		switch {
		case i >= len(path) || i >= len(template):
			cost += 8
		case strings.HasPrefix(template[i], "{"):
			cost++
		case path[i] != template[i]:
			cost += min(2*distance(path[i], template[i]), 12)
		}
	}
	return cost
}

// distance is the Levenshtein distance.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := last
			if a[i] != b[j] {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
