<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ClassSources</name>
    <message numerus="yes">
        <source>%n picture(s) put there by you</source>
        <translation>
            <numerusform>%n picture put there by you</numerusform>
            <numerusform>%n pictures put there by you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Classes</name>
    <message numerus="yes">
        <source>%n example(s), each asked without having been learnt from</source>
        <translation>
            <numerusform>%n example, each asked without having been learnt from</numerusform>
            <numerusform>%n examples, each asked without having been learnt from</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClassesDialog</name>
    <message numerus="yes">
        <source>Of %n example(s), asked without having been learnt from, </source>
        <translation>
            <numerusform>Of %n example, asked without having been learnt from, </numerusform>
            <numerusform>Of %n examples, asked without having been learnt from, </numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Clearing</name>
    <message numerus="yes">
        <source>%n file(s) brought back from the trash.</source>
        <translation>
            <numerusform>%n file brought back from the trash.</numerusform>
            <numerusform>%n files brought back from the trash.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) moved to the trash.</source>
        <translation>
            <numerusform>%n file moved to the trash.</numerusform>
            <numerusform>%n files moved to the trash.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) moved; Past exports takes it back.</source>
        <translation>
            <numerusform>%n file moved; Past exports takes it back.</numerusform>
            <numerusform>%n files moved; Past exports takes them back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) stay where they are.</source>
        <translation>
            <numerusform>%n file stays where it is.</numerusform>
            <numerusform>%n files stay where they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) with all that belongs to them. What stays of each group is not touched.</source>
        <translation>
            <numerusform>%n file with all that belongs to it. What stays of each group is not touched.</numerusform>
            <numerusform>%n files with all that belongs to them. What stays of each group is not touched.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n picture(s) to the trash?</source>
        <translation>
            <numerusform>Move %n picture to the trash?</numerusform>
            <numerusform>Move %n pictures to the trash?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClusterModel</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CoarseFine</name>
    <message numerus="yes">
        <source>%n cluster(s)</source>
        <translation>
            <numerusform>%n cluster</numerusform>
            <numerusform>%n clusters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CompareModelsDialog</name>
    <message numerus="yes">
        <source>%n picture(s) that you have moved or kept</source>
        <translation>
            <numerusform>%n picture that you have moved or kept</numerusform>
            <numerusform>%n pictures that you have moved or kept</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n cluster(s)</source>
        <translation>
            <numerusform>in %n cluster</numerusform>
            <numerusform>in %n clusters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DuplicatesView</name>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>%n group</numerusform>
            <numerusform>%n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) may go, and are selected.</source>
        <translation>
            <numerusform>%n picture may go, and is selected.</numerusform>
            <numerusform>%n pictures may go, and are selected.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>%n file(s) cannot be exported.</source>
        <translation>
            <numerusform>%n file cannot be exported.</numerusform>
            <numerusform>%n files cannot be exported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) that belong to pictures go with them.</source>
        <translation>
            <numerusform>%n file that belong to pictures go with them.</numerusform>
            <numerusform>%n files that belong to pictures go with them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) there already get another place.</source>
        <translation>
            <numerusform>%n file there already gets another place.</numerusform>
            <numerusform>%n files there already get another place.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) there make room; undo brings them back.</source>
        <translation>
            <numerusform>%n file there makes room; undo brings it back.</numerusform>
            <numerusform>%n files there make room; undo brings them back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) there stay as you have them.</source>
        <translation>
            <numerusform>%n file there stays as you have it.</numerusform>
            <numerusform>%n files there stay as you have them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) to write.</source>
        <translation>
            <numerusform>%n file to write.</numerusform>
            <numerusform>%n files to write.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) were taken and got a number.</source>
        <translation>
            <numerusform>%n name was taken and got a number.</numerusform>
            <numerusform>%n names were taken and got a number.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingAlike</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) stand out as alike; the rest follow below the line.</source>
        <translation>
            <numerusform>%n picture stands out as alike; the rest follow below the line.</numerusform>
            <numerusform>%n pictures stand out as alike; the rest follow below the line.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Like {0}, and not like %n other(s)</source>
        <translation>
            <numerusform>Like {0}, and not like %n other</numerusform>
            <numerusform>Like {0}, and not like %n others</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>these %n picture(s)</source>
        <translation>
            <numerusform>this picture</numerusform>
            <numerusform>these %n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FlowView</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridPresenter</name>
    <message numerus="yes">
        <source>None of the %n file(s) here could be read. Problems, on the left, says why.</source>
        <translation>
            <numerusform>The one file here could not be read. Problems, on the left, says why.</numerusform>
            <numerusform>None of the %n files here could be read. Problems, on the left, says why.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImageGrid</name>
    <message numerus="yes">
        <source>%n near-identical picture(s)</source>
        <translation>
            <numerusform>%n near-identical picture</numerusform>
            <numerusform>%n near-identical pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} of %n picture(s), kept whole</source>
        <translation>
            <numerusform>{0} of %n picture, kept whole</numerusform>
            <numerusform>{0} of %n pictures, kept whole</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Importing</name>
    <message numerus="yes">
        <source>%n picture(s) moved as the table says.</source>
        <translation>
            <numerusform>%n picture moved as the table says.</numerusform>
            <numerusform>%n pictures moved as the table says.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) belong to no picture here.</source>
        <translation>
            <numerusform>%n row belongs to no picture here.</numerusform>
            <numerusform>%n rows belong to no picture here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeptFiles</name>
    <message numerus="yes">
        <source>%n file(s) stay in {0}:</source>
        <translation>
            <numerusform>%n file stays in {0}:</numerusform>
            <numerusform>%n files stay in {0}:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are copies that can go to the trash, from where you can bring them back.</source>
        <translation>
            <numerusform>%n of them is a copy that can go to the trash, from where you can bring it back.</numerusform>
            <numerusform>%n of them are copies that can go to the trash, from where you can bring them back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LearningMetric</name>
    <message numerus="yes">
        <source>Of %n picture(s) held back {0:.0%} found their cluster before, {1:.0%} now.</source>
        <translation>
            <numerusform>Of %n picture held back {0:.0%} found their cluster before, {1:.0%} now.</numerusform>
            <numerusform>Of %n pictures held back {0:.0%} found their cluster before, {1:.0%} now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MapLegend</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelRankingDialog</name>
    <message numerus="yes">
        <source>%n correction(s)</source>
        <translation>
            <numerusform>%n correction</numerusform>
            <numerusform>%n corrections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Naming</name>
    <message numerus="yes">
        <source>Named %n cluster(s).</source>
        <translation>
            <numerusform>Named %n cluster.</numerusform>
            <numerusform>Named %n clusters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Unsure about %n, which keep their names.</source>
        <translation>
            <numerusform>Unsure about %n, which keeps its name.</numerusform>
            <numerusform>Unsure about %n, which keep their names.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message numerus="yes">
        <source>%n file(s) could not be read</source>
        <translation>
            <numerusform>%n file could not be read</numerusform>
            <numerusform>%n files could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are gone: their files are no longer there</source>
        <translation>
            <numerusform>%n of them is gone: its file is no longer there</numerusform>
            <numerusform>%n of them are gone: their files are no longer there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutlierList</name>
    <message numerus="yes">
        <source>%n picture(s) are unlike all others.</source>
        <translation>
            <numerusform>%n picture is unlike all others.</numerusform>
            <numerusform>%n pictures are unlike all others.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PastExporting</name>
    <message numerus="yes">
        <source>%n contradiction(s) in what is said about pictures.</source>
        <translation>
            <numerusform>%n contradiction in what is said about pictures.</numerusform>
            <numerusform>%n contradictions in what is said about pictures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) brought back from the trash.</source>
        <translation>
            <numerusform>%n file brought back from the trash.</numerusform>
            <numerusform>%n files brought back from the trash.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) had to be left out.</source>
        <translation>
            <numerusform>%n file had to be left out.</numerusform>
            <numerusform>%n files had to be left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) in {0} have another place.</source>
        <translation>
            <numerusform>%n file in {0} has another place.</numerusform>
            <numerusform>%n files in {0} have another place.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) moved to the trash.</source>
        <translation>
            <numerusform>%n file moved to the trash.</numerusform>
            <numerusform>%n files moved to the trash.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of other programs went with their pictures.</source>
        <translation>
            <numerusform>%n file of another program went with its picture.</numerusform>
            <numerusform>%n files of other programs went with their pictures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) stay where they are.</source>
        <translation>
            <numerusform>%n file stays where it is.</numerusform>
            <numerusform>%n files stay where they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) there stay as you have them.</source>
        <translation>
            <numerusform>%n file there stays as you have it.</numerusform>
            <numerusform>%n files there stay as you have them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written to {0}.</source>
        <translation>
            <numerusform>%n file written to {0}.</numerusform>
            <numerusform>%n files written to {0}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sidecar(s) stayed without the cluster.</source>
        <translation>
            <numerusform>%n sidecar stayed without the cluster.</numerusform>
            <numerusform>%n sidecars stayed without the cluster.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n table(s) and sidecar(s) written.</source>
        <translation>
            <numerusform>%n table or sidecar written.</numerusform>
            <numerusform>%n tables and sidecars written.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Recent</name>
    <message numerus="yes">
        <source>%n cluster(s)</source>
        <translation>
            <numerusform>%n cluster</numerusform>
            <numerusform>%n clusters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Recipes</name>
    <message numerus="yes">
        <source>Best where %n picture(s) make a cluster, by the silhouette</source>
        <translation>
            <numerusform>Best where %n picture makes a cluster, by the silhouette</numerusform>
            <numerusform>Best where %n pictures make a cluster, by the silhouette</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Best with %n cluster(s), by the silhouette</source>
        <translation>
            <numerusform>Best with %n cluster, by the silhouette</numerusform>
            <numerusform>Best with %n clusters, by the silhouette</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunsBox</name>
    <message numerus="yes">
        <source>%n cluster(s)</source>
        <translation>
            <numerusform>%n cluster</numerusform>
            <numerusform>%n clusters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunsDialog</name>
    <message numerus="yes">
        <source>%n picture(s) changed cluster</source>
        <translation>
            <numerusform>%n picture changed cluster</numerusform>
            <numerusform>%n pictures changed cluster</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Searching</name>
    <message numerus="yes">
        <source>%n picture(s) show “{0}”, the best first.</source>
        <translation>
            <numerusform>%n picture shows “{0}”.</numerusform>
            <numerusform>%n pictures show “{0}”, the best first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Showing</name>
    <message numerus="yes">
        <source>%n picture(s) selected</source>
        <translation>
            <numerusform>%n picture selected</numerusform>
            <numerusform>%n pictures selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StackDialog</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) in them</source>
        <translation>
            <numerusform>%n picture in them</numerusform>
            <numerusform>%n pictures in them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stack(s)</source>
        <translation>
            <numerusform>%n stack</numerusform>
            <numerusform>%n stacks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VerdictBar</name>
    <message numerus="yes">
        <source>%n star(s)</source>
        <translation>
            <numerusform>%n star</numerusform>
            <numerusform>%n stars</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WhichPictures</name>
    <message numerus="yes">
        <source>Only the %n selected</source>
        <translation>
            <numerusform>Only the %n selected</numerusform>
            <numerusform>Only the %n selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only the %n shown</source>
        <translation>
            <numerusform>Only the %n shown</numerusform>
            <numerusform>Only the %n shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Writing</name>
    <message numerus="yes">
        <source>%n cannot take them.</source>
        <translation>
            <numerusform>%n cannot take them.</numerusform>
            <numerusform>%n cannot take them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are new.</source>
        <translation>
            <numerusform>%n of them is new.</numerusform>
            <numerusform>%n of them are new.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) have no sidecar yet. Which program is to read it?</source>
        <translation>
            <numerusform>%n picture has no sidecar yet. Which program is to read it?</numerusform>
            <numerusform>%n pictures have no sidecar yet. Which program is to read them?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sidecar(s) stay as they are.</source>
        <translation>
            <numerusform>%n sidecar stays as it is.</numerusform>
            <numerusform>%n sidecars stay as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Write stars, flags and labels into %n sidecar(s)?</source>
        <translation>
            <numerusform>Write stars, flags and labels into %n sidecar?</numerusform>
            <numerusform>Write stars, flags and labels into %n sidecars?</numerusform>
        </translation>
    </message>
</context>
</TS>
