package web

// mostShown is the number of lines in a list.
const mostShown = 200

// kindCount is a choice of a list, with the number of its lines.
type kindCount struct {
	Kind string
	N    int
}
