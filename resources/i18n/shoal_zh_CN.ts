<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>ClusterPanel</name>
        <message>
            <source>Clusters</source>
            <translation>聚类</translation>
        </message>
    </context>
    <context>
        <name>CrashDialog</name>
        <message>
            <source>Shoal made a mistake</source>
            <translation>Shoal 出错了</translation>
        </message>
        <message>
            <source>Something in Shoal is broken. Your pictures and everything you did are safe.
If you report it, please copy the text below; it is also in {0}.</source>
            <translation>Shoal 内部出了问题。您的图片和所有操作都是安全的。
如要报告，请复制下面的文字；它也保存在 {0}。</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>报告</translation>
        </message>
        <message>
            <source>Copy report</source>
            <translation>复制报告</translation>
        </message>
    </context>
    <context>
        <name>Curating</name>
        <message numerus="yes">
            <source>Move %n picture(s) to {0}</source>
            <translation>
                <numerusform>将 %n 张图片移到 {0}</numerusform>
            </translation>
        </message>
        <message>
            <source>Merge {0} into {1}</source>
            <translation>将 {0} 合并到 {1}</translation>
        </message>
        <message>
            <source>Never merge {0} and {1}</source>
            <translation>永不合并 {0} 与 {1}</translation>
        </message>
        <message numerus="yes">
            <source>Keep %n picture(s) where they are</source>
            <translation>
                <numerusform>固定 %n 张图片</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Let go of %n picture(s)</source>
            <translation>
                <numerusform>取消固定 %n 张图片</numerusform>
            </translation>
        </message>
        <message>
            <source>New cluster</source>
            <translation>新聚类</translation>
        </message>
        <message numerus="yes">
            <source>New cluster of %n picture(s)</source>
            <translation>
                <numerusform>用 %n 张图片新建聚类</numerusform>
            </translation>
        </message>
        <message>
            <source>Rename {0} to {1}</source>
            <translation>将 {0} 重命名为 {1}</translation>
        </message>
        <message>
            <source>Recolour {0}</source>
            <translation>更换 {0} 的颜色</translation>
        </message>
        <message>
            <source>Dissolve {0}</source>
            <translation>解散 {0}</translation>
        </message>
    </context>
    <context>
        <name>ExportDialog</name>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>Folder to write to</source>
            <translation>目标文件夹</translation>
        </message>
        <message>
            <source>Choose ...</source>
            <translation>选择…</translation>
        </message>
        <message>
            <source>How</source>
            <translation>方式</translation>
        </message>
        <message>
            <source>Names</source>
            <translation>命名</translation>
        </message>
        <message>
            <source>You can use {cluster}, {name}, {stem}, {ext}, {date}, {time}, {seq}, {label} and {camera}.</source>
            <translation>可以使用 {cluster}、{name}、{stem}、{ext}、{date}、{time}、{seq}、{label} 和 {camera}。</translation>
        </message>
        <message>
            <source>To</source>
            <translation>到</translation>
        </message>
        <message>
            <source>Unsorted as well</source>
            <translation>包括未归类的图片</translation>
        </message>
        <message>
            <source>RAW files and sidecars travel along</source>
            <translation>RAW 文件和附属文件一并导出</translation>
        </message>
        <message>
            <source>Write the cluster into XMP sidecars</source>
            <translation>将聚类写入 XMP 附属文件</translation>
        </message>
        <message>
            <source>Tables (clusters.csv and .json)</source>
            <translation>表格（clusters.csv 和 .json）</translation>
        </message>
        <message>
            <source>A page to look at (contact sheet)</source>
            <translation>浏览页面（缩略图总览）</translation>
        </message>
        <message>
            <source>What will happen</source>
            <translation>将要执行的操作</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>Becomes</source>
            <translation>变为</translation>
        </message>
        <message>
            <source>Looking at the folder ...</source>
            <translation>正在查看文件夹…</translation>
        </message>
        <message>
            <source>{0} (there already)</source>
            <translation>{0}（已存在）</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) to write.</source>
            <translation>
                <numerusform>将写入 %n 个文件。</numerusform>
            </translation>
        </message>
        <message>
            <source>The table shows the first {0}.</source>
            <translation>表格显示前 {0} 项。</translation>
        </message>
        <message>
            <source>Needs {0}, free: {1}.</source>
            <translation>需要 {0}，可用：{1}。</translation>
        </message>
        <message>
            <source>That does not fit. Choose another folder.</source>
            <translation>空间不足，请选择其他文件夹。</translation>
        </message>
        <message numerus="yes">
            <source>%n name(s) were taken and got a number.</source>
            <translation>
                <numerusform>%n 个名称已被占用，已加上编号。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) cannot be exported.</source>
            <translation>
                <numerusform>%n 个文件无法导出。</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Exporting</name>
        <message>
            <source>Exporting</source>
            <translation>正在导出</translation>
        </message>
        <message>
            <source>The export was taken back.</source>
            <translation>导出已撤回。</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) written to {0}.</source>
            <translation>
                <numerusform>已将 %n 个文件写入 {0}。</numerusform>
            </translation>
        </message>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) had to be left out.</source>
            <translation>
                <numerusform>%n 个文件未能导出。</numerusform>
            </translation>
        </message>
        <message>
            <source>Show the folder</source>
            <translation>打开文件夹</translation>
        </message>
        <message>
            <source>Take it back</source>
            <translation>撤回</translation>
        </message>
        <message>
            <source>Taking the export back</source>
            <translation>正在撤回导出</translation>
        </message>
    </context>
    <context>
        <name>ImageGrid</name>
        <message>
            <source>Pictures</source>
            <translation>图片</translation>
        </message>
    </context>
    <context>
        <name>Inspector</name>
        <message>
            <source>Preview</source>
            <translation>预览</translation>
        </message>
        <message>
            <source>Similar picture, {0}</source>
            <translation>相似图片，{0}</translation>
        </message>
    </context>
    <context>
        <name>JobPanel</name>
        <message>
            <source>Progress</source>
            <translation>进度</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Stopping ...</source>
            <translation>正在停止…</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} / {1}</translation>
        </message>
        <message>
            <source>{0} per second</source>
            <translation>每秒 {0} 张</translation>
        </message>
        <message>
            <source>{0} left</source>
            <translation>剩余 {0}</translation>
        </message>
    </context>
    <context>
        <name>Loupe</name>
        <message>
            <source>Large picture</source>
            <translation>大图</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>重做</translation>
        </message>
        <message>
            <source>Order of the pictures</source>
            <translation>图片排序</translation>
        </message>
        <message>
            <source>Size of the pictures</source>
            <translation>图片大小</translation>
        </message>
        <message>
            <source>What looks at the pictures</source>
            <translation>识别图片的模型</translation>
        </message>
        <message>
            <source>Coarse to fine</source>
            <translation>由粗到细</translation>
        </message>
        <message>
            <source>Fewer, larger clusters on the left; more, smaller ones on the right</source>
            <translation>向左聚类更少更大，向右更多更小</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <source>Search names and folders</source>
            <translation>搜索文件名和文件夹</translation>
        </message>
        <message>
            <source>Tools</source>
            <translation>工具</translation>
        </message>
        <message>
            <source> Model </source>
            <translation> 模型 </translation>
        </message>
        <message>
            <source>  Coarse </source>
            <translation>  粗 </translation>
        </message>
        <message>
            <source> Fine </source>
            <translation> 细 </translation>
        </message>
    </context>
    <context>
        <name>MapPresenter</name>
        <message>
            <source>Cluster</source>
            <translation>聚类</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Date taken</source>
            <translation>拍摄日期</translation>
        </message>
        <message>
            <source>How typical</source>
            <translation>典型程度</translation>
        </message>
        <message>
            <source>The map appears when the pictures have been looked at.</source>
            <translation>识别完图片后将显示地图。</translation>
        </message>
    </context>
    <context>
        <name>MapView</name>
        <message>
            <source>Map of the pictures</source>
            <translation>图片地图</translation>
        </message>
        <message>
            <source>Lasso</source>
            <translation>套索</translation>
        </message>
        <message>
            <source>Draw around points. Shift adds, Alt takes away.</source>
            <translation>圈选图片点。Shift 添加，Alt 去除。</translation>
        </message>
        <message>
            <source>Rectangle</source>
            <translation>矩形</translation>
        </message>
        <message>
            <source>Draw a rectangle. Shift adds, Alt takes away.</source>
            <translation>拖出矩形。Shift 添加，Alt 去除。</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>移动</translation>
        </message>
        <message>
            <source>Drag the map. The middle mouse button always does.</source>
            <translation>拖动地图。鼠标中键随时可以拖动。</translation>
        </message>
        <message>
            <source>Colour by</source>
            <translation>着色依据</translation>
        </message>
        <message>
            <source>Colour the map by</source>
            <translation>地图着色依据</translation>
        </message>
        <message>
            <source>Selection</source>
            <translation>所选</translation>
        </message>
        <message>
            <source>All</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>Zoom: {0}</source>
            <translation>缩放：{0}</translation>
        </message>
    </context>
    <context>
        <name>MergeDialog</name>
        <message>
            <source>Merge the most alike</source>
            <translation>合并最相似的聚类</translation>
        </message>
        <message>
            <source>&amp;Merge (M)</source>
            <translation>合并(&amp;M)</translation>
        </message>
        <message>
            <source>&amp;Never (N)</source>
            <translation>永不(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Later (L)</source>
            <translation>以后(&amp;L)</translation>
        </message>
        <message>
            <source>Are these the same? Their middles are {0} alike.</source>
            <translation>它们是同一类吗？中心相似度为 {0}。</translation>
        </message>
    </context>
    <context>
        <name>Opening</name>
        <message>
            <source>Stopped. What is finished is kept.</source>
            <translation>已停止。已完成的部分会保留。</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>正在打开</translation>
        </message>
        <message>
            <source>Looking for changes</source>
            <translation>正在查找变化</translation>
        </message>
        <message>
            <source>Grouping</source>
            <translation>正在聚类</translation>
        </message>
        <message>
            <source>Open in another window: changes are not kept here.</source>
            <translation>已在另一个窗口中打开：此处的更改不会保存。</translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s)</source>
            <translation>
                <numerusform>%n 张图片</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) could not be read</source>
            <translation>
                <numerusform>%n 个文件无法读取</numerusform>
            </translation>
        </message>
        <message>
            <source>Something went wrong.</source>
            <translation>出了点问题。</translation>
        </message>
        <message numerus="yes">
            <source>%n cluster(s)</source>
            <translation>
                <numerusform>%n 个聚类</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Sort into %n cluster(s)</source>
            <translation>
                <numerusform>分成 %n 个聚类</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Problems</name>
        <message>
            <source>Files that could not be read</source>
            <translation>无法读取的文件</translation>
        </message>
        <message>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>原因</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>在文件管理器中显示</translation>
        </message>
    </context>
    <context>
        <name>Recent</name>
        <message>
            <source>Drawing sample pictures</source>
            <translation>正在绘制示例图片</translation>
        </message>
    </context>
    <context>
        <name>Session</name>
        <message>
            <source>Unsorted</source>
            <translation>未归类</translation>
        </message>
    </context>
    <context>
        <name>SettingsDialog</name>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
    </context>
    <context>
        <name>Showing</name>
        <message>
            <source>All</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>Unsorted</source>
            <translation>未归类</translation>
        </message>
        <message>
            <source>Problems</source>
            <translation>问题</translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s) selected</source>
            <translation>
                <numerusform>已选 %n 张图片</numerusform>
            </translation>
        </message>
        <message>
            <source>Cluster</source>
            <translation>聚类</translation>
        </message>
        <message>
            <source>{0} (kept)</source>
            <translation>{0}（已固定）</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>尺寸</translation>
        </message>
        <message>
            <source>Taken</source>
            <translation>拍摄时间</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>相机</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>说明</translation>
        </message>
        <message>
            <source>The file is damaged; only a part of it could be read.</source>
            <translation>文件已损坏，只能读取一部分。</translation>
        </message>
        <message>
            <source>With</source>
            <translation>附带</translation>
        </message>
        <message>
            <source>Most similar pictures:</source>
            <translation>最相似的图片：</translation>
        </message>
        <message>
            <source>It would fit {0} a little better. Most similar pictures:</source>
            <translation>它可能更适合 {0}。最相似的图片：</translation>
        </message>
        <message>
            <source>A close call: {0} fits nearly as well. Most similar pictures:</source>
            <translation>难分高下：{0} 也几乎同样合适。最相似的图片：</translation>
        </message>
        <message>
            <source>It fits here; the next best would be {0}. Most similar pictures:</source>
            <translation>放在这里合适，其次是 {0}。最相似的图片：</translation>
        </message>
    </context>
    <context>
        <name>SplitDialog</name>
        <message>
            <source>Split {0}</source>
            <translation>拆分 {0}</translation>
        </message>
        <message>
            <source>Split in {0}</source>
            <translation>拆成 {0} 份</translation>
        </message>
    </context>
    <context>
        <name>Splitting</name>
        <message>
            <source>Looking for parts</source>
            <translation>正在寻找可拆分的部分</translation>
        </message>
        <message>
            <source>This cluster is too small or too uniform to be split.</source>
            <translation>此聚类太小或过于一致，无法拆分。</translation>
        </message>
        <message>
            <source>The cluster has changed meanwhile; split it again.</source>
            <translation>聚类已发生变化，请重新拆分。</translation>
        </message>
        <message>
            <source>Split {0} in {1}</source>
            <translation>将 {0} 拆成 {1} 份</translation>
        </message>
    </context>
    <context>
        <name>Welcome</name>
        <message>
            <source>Drop a folder of pictures here</source>
            <translation>将图片文件夹拖到这里</translation>
        </message>
        <message>
            <source>Everything stays on this computer. Your pictures are looked at, never changed.</source>
            <translation>一切都留在这台电脑上。您的图片只会被查看，绝不会被更改。</translation>
        </message>
        <message>
            <source>Open folder ...</source>
            <translation>打开文件夹…</translation>
        </message>
        <message>
            <source>Try it with sample pictures</source>
            <translation>用示例图片试试</translation>
        </message>
        <message>
            <source>Open again</source>
            <translation>最近打开</translation>
        </message>
    </context>
    <context>
        <name>WindowHandlers</name>
        <message>
            <source>Open a folder of pictures</source>
            <translation>打开图片文件夹</translation>
        </message>
        <message>
            <source>Add a folder of pictures</source>
            <translation>添加图片文件夹</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>空格</translation>
        </message>
        <message>
            <source>Look at the picture large; arrows go on</source>
            <translation>查看大图；方向键切换</translation>
        </message>
        <message>
            <source>Send the selection to the first nine clusters</source>
            <translation>将所选图片移到前九个聚类</translation>
        </message>
        <message>
            <source>Shift, Alt + drag</source>
            <translation>Shift、Alt + 拖动</translation>
        </message>
        <message>
            <source>Add to the selection, take away from it</source>
            <translation>添加到选区，从选区去除</translation>
        </message>
        <message>
            <source>Ctrl + wheel</source>
            <translation>Ctrl + 滚轮</translation>
        </message>
        <message>
            <source>Size of the pictures</source>
            <translation>图片大小</translation>
        </message>
        <message>
            <source>Wheel, middle button</source>
            <translation>滚轮、中键</translation>
        </message>
        <message>
            <source>Zoom and move the map</source>
            <translation>缩放和移动地图</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>快捷键</translation>
        </message>
        <message>
            <source>About Shoal</source>
            <translation>关于 Shoal</translation>
        </message>
        <message>
            <source>Sorts folders of pictures by what is in them, on this computer and nowhere else.
Free software under the AGPL, version 3 or later.</source>
            <translation>按内容整理图片文件夹，只在这台电脑上进行。
自由软件，采用 AGPL 第 3 版或更高版本。</translation>
        </message>
    </context>
    <context>
        <name>actions</name>
        <message>
            <source>&amp;File</source>
            <translation>文件(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>编辑(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Clusters</source>
            <translation>聚类(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>视图(&amp;V)</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>帮助(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;Open folder ...</source>
            <translation>打开文件夹(&amp;O)…</translation>
        </message>
        <message>
            <source>&amp;Add folder ...</source>
            <translation>添加文件夹(&amp;A)…</translation>
        </message>
        <message>
            <source>&amp;Look for new pictures</source>
            <translation>查找新图片(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Export ...</source>
            <translation>导出(&amp;E)…</translation>
        </message>
        <message>
            <source>Write the clusters out as folders</source>
            <translation>将聚类导出为文件夹</translation>
        </message>
        <message>
            <source>&amp;Show in file manager</source>
            <translation>在文件管理器中显示(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Settings ...</source>
            <translation>设置(&amp;S)…</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>退出(&amp;Q)</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>撤销(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>重做(&amp;R)</translation>
        </message>
        <message>
            <source>Select &amp;all shown</source>
            <translation>全选(&amp;A)</translation>
        </message>
        <message>
            <source>Select &amp;nothing</source>
            <translation>取消选择(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Keep here</source>
            <translation>固定在此(&amp;K)</translation>
        </message>
        <message>
            <source>Pin the selected pictures to their clusters</source>
            <translation>将所选图片固定在其聚类中</translation>
        </message>
        <message>
            <source>&amp;Let go</source>
            <translation>取消固定(&amp;L)</translation>
        </message>
        <message>
            <source>Move to &amp;Unsorted</source>
            <translation>移到未归类(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Cluster again</source>
            <translation>重新聚类(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;New cluster from selection</source>
            <translation>用所选新建聚类(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Rename</source>
            <translation>重命名(&amp;R)</translation>
        </message>
        <message>
            <source>Next c&amp;olour</source>
            <translation>换颜色(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;Merge</source>
            <translation>合并(&amp;M)</translation>
        </message>
        <message>
            <source>Merge the most &amp;alike ...</source>
            <translation>合并最相似的(&amp;A)…</translation>
        </message>
        <message>
            <source>&amp;Split ...</source>
            <translation>拆分(&amp;S)…</translation>
        </message>
        <message>
            <source>&amp;Dissolve</source>
            <translation>解散(&amp;D)</translation>
        </message>
        <message>
            <source>Map &amp;above the grid</source>
            <translation>地图在上方(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Larger pictures</source>
            <translation>放大图片(&amp;L)</translation>
        </message>
        <message>
            <source>S&amp;maller pictures</source>
            <translation>缩小图片(&amp;M)</translation>
        </message>
        <message>
            <source>&amp;Zoom to selection</source>
            <translation>缩放到所选(&amp;Z)</translation>
        </message>
        <message>
            <source>Show the &amp;whole map</source>
            <translation>显示整个地图(&amp;W)</translation>
        </message>
        <message>
            <source>&amp;Keys</source>
            <translation>快捷键(&amp;K)</translation>
        </message>
        <message>
            <source>Show the &amp;log file</source>
            <translation>显示日志文件(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;About Shoal</source>
            <translation>关于 Shoal(&amp;A)</translation>
        </message>
    </context>
    <context>
        <name>export</name>
        <message>
            <source>Copy the pictures</source>
            <translation>复制图片</translation>
        </message>
        <message>
            <source>Move the pictures (the originals leave their folder)</source>
            <translation>移动图片（原件离开原文件夹）</translation>
        </message>
        <message>
            <source>Hard links (no space, same drive only)</source>
            <translation>硬链接（不占空间，仅限同一磁盘）</translation>
        </message>
        <message>
            <source>Symbolic links</source>
            <translation>符号链接</translation>
        </message>
        <message>
            <source>Clones (no space, where the drive can)</source>
            <translation>克隆（不占空间，需磁盘支持）</translation>
        </message>
    </context>
    <context>
        <name>orders</name>
        <message>
            <source>Typical first</source>
            <translation>典型优先</translation>
        </message>
        <message>
            <source>Odd ones first</source>
            <translation>异常优先</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Date taken</source>
            <translation>拍摄日期</translation>
        </message>
        <message>
            <source>Like the selection</source>
            <translation>与所选相似</translation>
        </message>
    </context>
    <context>
        <name>settings</name>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>What looks at the pictures when a folder is opened.</source>
            <translation>打开文件夹时用来识别图片的模型。</translation>
        </message>
        <message>
            <source>Clustering</source>
            <translation>聚类方法</translation>
        </message>
        <message>
            <source>How pictures are put into clusters.</source>
            <translation>图片如何归入聚类。</translation>
        </message>
        <message>
            <source>Coarse to fine</source>
            <translation>由粗到细</translation>
        </message>
        <message>
            <source>How many clusters a folder starts with: 0 is few, 1 is many.</source>
            <translation>初始聚类数量：0 为少，1 为多。</translation>
        </message>
        <message>
            <source>Leave little unsorted</source>
            <translation>减少未归类</translation>
        </message>
        <message>
            <source>Pictures that belong nowhere: 0 leaves them in Unsorted, 1 puts each into its nearest cluster.</source>
            <translation>无处归属的图片：0 留在未归类，1 归入最近的聚类。</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>随机种子</translation>
        </message>
        <message>
            <source>Another number gives another map and other clusters, just as valid.</source>
            <translation>换一个数字会得到另一张同样有效的地图和聚类。</translation>
        </message>
        <message>
            <source>Neighbours on the map</source>
            <translation>地图邻居数</translation>
        </message>
        <message>
            <source>How many neighbours the map looks at: more shows the whole, fewer show detail.</source>
            <translation>地图参考的邻居数：多则显示整体，少则显示细节。</translation>
        </message>
        <message>
            <source>Distance on the map</source>
            <translation>地图间距</translation>
        </message>
        <message>
            <source>How close pictures may lie on the map: 0 heaps them up, 1 spreads them evenly.</source>
            <translation>图片在地图上的距离：0 堆叠，1 均匀分布。</translation>
        </message>
        <message>
            <source>Largest picture (megapixels)</source>
            <translation>最大图片（百万像素）</translation>
        </message>
        <message>
            <source>Pictures with more pixels are listed under Problems, for they need more memory than most computers have.</source>
            <translation>超过此像素数的图片会列在“问题”中，因为它们需要的内存超过多数电脑。</translation>
        </message>
        <message>
            <source>Largest file (MB)</source>
            <translation>最大文件（MB）</translation>
        </message>
        <message>
            <source>Larger files are listed under Problems.</source>
            <translation>更大的文件会列在“问题”中。</translation>
        </message>
        <message>
            <source>Space for thumbnails (MB)</source>
            <translation>缩略图空间（MB）</translation>
        </message>
        <message>
            <source>Beyond this the thumbnails not seen for longest are thrown away; they are made again when needed.</source>
            <translation>超出后会删除最久未看的缩略图，需要时重新生成。</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>Takes effect when Shoal is started again.</source>
            <translation>重新启动 Shoal 后生效。</translation>
        </message>
    </context>
</TS>
