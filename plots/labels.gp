# Lines for labels in place of formulations: the sweep SWEEP-label-1 is the
# line label-1.  They have styles that no formulation has.
chosen(unused) = strstrt(strcol("sweep"), sweep.'-') == 1 && strcol("format") eq format && is_shown(0)
series(unused) = strcol("sweep")[strlen(sweep) + 2:*]
style_of(k) = 8 + k
key_text(name) = name eq 'soft' ? 'random label in (0, 1)' : name eq 'label-1' ? 'label 1' : 'label 0'
rows(file) = file # the sweep is part of a name
