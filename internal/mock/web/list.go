package web

// mostShown is how many lines a list shows.
const mostShown = 200

// kindCount is a choice of a list, and how many lines it leaves.
type kindCount struct {
	Kind string
	N    int
}
