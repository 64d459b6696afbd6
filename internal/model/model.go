package model

// API is a whole description.
type API struct {
	Services []*Service // by name, merchants' services first
	Webhooks *Webhooks  // nil if the description has no notifications
}

// Service holds all paths below one first segment after /v3 or /brand. It becomes one Go package.
type Service struct {
	// its name in flags and lists: "payroll-card", or "brand/marketing" for /brand/marketing
	Name    string
	Space   string   // the first segment of its paths: "v3", "brand"
	Package string   // "payrollcard": the package's name and its folder below that of its space
	Method  string   // the chain's first method: "PayrollCard"
	Title   string   // "微工卡"
	Doc     string   // further prose for the package's documentation; may be empty
	Sources []string // its spec files, as "v3/payroll-card.yaml", sorted
	Root    *Node    // /v3/payroll-card
	Types   []*Type  // types of components/schemas in use, by name
}

// Operations returns the operations of the service, parents before children, by segment.
func (s *Service) Operations() []*Operation {
	var ops []*Operation
	var walk func(*Node)
	walk = func(n *Node) {
		ops = append(ops, n.Operations...)
		for _, c := range n.Children {
			walk(c)
		}
	}
	walk(s.Root)
	return ops
}
